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
    # Who belongs to an office, and which areas are whose
    path("keanggotaan/<int:pk>/ubah/", views.anggota_ubah, name="anggota_ubah"),
    path("keanggotaan/<int:pk>/serahkan/", views.anggota_serahkan, name="anggota_serahkan"),
    path("keanggotaan/<int:pk>/akhiri/", views.anggota_akhiri, name="anggota_akhiri"),
    path("keanggotaan/<int:pk>/sandi/", views.anggota_sandi, name="anggota_sandi"),
    path("<str:kode>/pengaturan/", views.pengaturan, name="pengaturan"),
    path("<str:kode>/pengaturan/anggota/tambah/", views.anggota_tambah, name="anggota_tambah"),
]
