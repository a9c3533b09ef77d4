import math
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_rates
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif.",
        "enter_current_password": "Kata sandi sekarang tidak cocok.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "invalid_login": "Nama pengguna atau kata sandi tidak cocok.",
        "rate_limited": "Terlalu banyak permintaan dalam waktu singkat. Coba lagi beberapa menit lagi.",
        "too_many_login_attempts": "Terlalu banyak percobaan masuk yang gagal. Coba lagi 5 menit lagi.",
        "username_password_mismatch": "Nama pengguna atau kata sandi tidak cocok. %s",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an office's Ketua Tim, Sekretaris or the operator, never by the visitor."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """`next=` leads to the address that was asked, and to no other of ALLOWED_HOSTS."""
        host = {self.request.get_host()}
        return url_has_allowed_host_and_scheme(url, host, require_https=self.request.is_secure())

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Asked where a person changes the own password: from now on nobody else knows it."""
        assert isinstance(user, User)
        user.sandi_awal_sejak = None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("akun")

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        raise self.validation_error("username_password_mismatch", self._masih_dapat())

    def _masih_dapat(self) -> str:
        """Counted in the same history that shuts the door: by user name and by address, the nearer one."""
        rates = get_rates(app="allauth.account", action="login_failed")
        tercatat = self._login_failed_rl_usage.usage if self._login_failed_rl_usage else []
        sisa = [
            rate.amount - len(cache.get(u.cache_key, [])) for rate, u in zip(rates, tercatat, strict=True)
        ]
        terdekat = min(sisa, default=math.inf)
        if terdekat <= 0:
            return "Coba lagi 5 menit lagi."
        return f"Anda masih dapat mencoba {terdekat} kali."
