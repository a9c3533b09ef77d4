from allauth.account import views as allauth
from django.urls import path

from accounts import views

# Only what the office uses of allauth, under the names by which allauth finds it. No sign-up, no mail.
urlpatterns = [
    path("masuk/", allauth.login, name="account_login"),
    path("keluar/", allauth.logout, name="account_logout"),
    path("ganti-sandi/", allauth.password_change, name="account_change_password"),
    path("akun-tidak-aktif/", allauth.account_inactive, name="account_inactive"),
    path("akun/", views.akun, name="akun"),
]
