from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.access import ingat_hak
from accounts.permintaan import tulisan

BELUM_TERSIMPAN = (
    "Sesi Anda sudah berakhir, jadi yang baru saja dikirim belum tersimpan. Masuk, lalu isi lagi."
)
Jawab = Callable[[HttpRequest], HttpResponse]


class SekaliTanya:
    """One question for a person's roles in a request, however many parts of the page ask it."""

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ingat_hak():
            return self.get_response(request)


class SesiBerakhir:
    """What was sent after the session had ended is said not to be stored, and given back if it is long; after login one
    is at the form again, not at the address it was sent to."""

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return self.get_response(request)
        response = self.get_response(request)
        ke = urlsplit(response.headers.get("Location", "")).path
        if ke != resolve_url("account_login"):
            return response
        if request.path == reverse("account_logout"):
            return response
        masuk = redirect_to_login(form_of(request))
        if teks := tulisan(request):
            return render(request, "accounts/sesi_berakhir.html", {"tulisan": teks, "masuk": masuk.url})
        messages.warning(request, BELUM_TERSIMPAN)
        return masuk


def form_of(request: HttpRequest) -> str:
    """The page of ours that it was sent from, as far as the browser tells."""
    dari = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(dari, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    bagian = urlsplit(dari)
    return f"{bagian.path}?{bagian.query}" if bagian.query else bagian.path


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
