from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.access import ingat_hak

Jawab = Callable[[HttpRequest], HttpResponse]


class SekaliTanya:
    """One question for a person's roles in a request, however many parts of the page ask it."""

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ingat_hak():
            return self.get_response(request)


class WajibGantiSandi:
    """Whose password somebody else knows gets no further than the page that changes it, and the way out."""

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not (user.is_authenticated and user.sandi_awal_sejak):
            return self.get_response(request)
        ganti = reverse("account_change_password")
        if request.path in (ganti, reverse("account_logout"), reverse("admin:logout")):
            return self.get_response(request)
        tujuan = request.get_full_path() if request.method == "GET" else "/"
        return redirect_to_login(tujuan, ganti)
