from django.urls import path

from dsar.web.portal.download import ask_code, fetch, renew
from dsar.web.portal.views import code, language, status

urlpatterns = [
    path("p/<slug:token>/", status, name="portal"),
    path("p/<slug:token>/code/", code, name="portal-code"),
    path("p/<slug:token>/language/", language, name="portal-language"),
    path("p/<slug:token>/data/code/", ask_code, name="portal-data-code"),
    path("p/<slug:token>/data/renew/", renew, name="portal-data-renew"),
    path("p/<slug:token>/data/", fetch, name="portal-data"),
]
