from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("administrasi/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("evidence.urls")),
    path("", include("monev.urls")),
]
