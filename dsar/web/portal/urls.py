from django.urls import path

from dsar.web.portal.views import code, language, status

urlpatterns = [
    path("p/<slug:token>/", status, name="portal"),
    path("p/<slug:token>/code/", code, name="portal-code"),
    path("p/<slug:token>/language/", language, name="portal-language"),
]
