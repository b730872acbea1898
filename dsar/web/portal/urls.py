from django.urls import path

from dsar.web.portal.views import status

urlpatterns = [path("p/<slug:token>/", status, name="portal")]
