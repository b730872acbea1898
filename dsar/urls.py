from allauth.account.views import login, logout
from django.urls import include, path

from dsar.web import closed
from dsar.web.feed import feed
from dsar.web.health import healthz
from dsar.web.languages import choose

urlpatterns = [
    path("accounts/login/", login, name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    # Names allauth asks for while it builds the sign-in page; an administrator creates accounts.
    path("accounts/signup/", closed.nothing_here, name="account_signup"),
    path("accounts/password/", closed.nothing_here, name="account_reset_password"),
    path("accounts/again/", closed.nothing_here, name="account_reauthenticate"),
    path("language/", choose, name="language"),
    path("calendar/<slug:secret>.ics", feed, name="feed"),
    path("healthz", healthz, name="healthz"),
    path("", include("dsar.web.portal.urls")),
    path("", include("dsar.web.desk.urls")),
]

handler400 = "dsar.web.errors.bad_request"
handler403 = "dsar.web.errors.forbidden"
handler404 = "dsar.web.errors.not_found"
handler429 = "dsar.web.errors.too_many"
handler500 = "dsar.web.errors.broken"
