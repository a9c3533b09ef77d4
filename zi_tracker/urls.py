from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("administrasi/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("evidence.urls")),
    path("", include("monev.urls")),
]

handler400 = "zi_tracker.views.bad_request"
handler403 = "zi_tracker.views.permission_denied"
handler404 = "zi_tracker.views.page_not_found"
handler500 = "zi_tracker.views.server_error"
