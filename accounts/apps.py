from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Pengguna dan satker"


class AdministrasiConfig(AdminConfig):
    default_site = "accounts.administrasi.AdministrasiSite"
