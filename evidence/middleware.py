"""Refused in words, before a byte of the body is believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

POTONGAN = 1024 * 1024
BIASA_MB = 2  # what is typed on any page, many times over
KELUAR = "Sesi Anda sudah berakhir. Masuk lagi, lalu pilih lagi berkasnya."
View = TypeVar("View", bound=Callable[..., HttpResponse])


def receives_files(view: View) -> View:
    """Stands over a view: its requests may be as large as BUKTI_MAKS_KIRIM_MB, from somebody logged in."""
    view.receives_files = True  # type: ignore[attr-defined]
    return view


def receives_archive(view: View) -> View:
    """As receives_files; one file may be as large as the whole request."""
    view.receives_archive = True  # type: ignore[attr-defined]
    return receives_files(view)


class RequestSizeMiddleware:
    """Stands before CSRF, which would read the body: nobody sends files to a page that takes none, or unknown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: object) -> HttpResponse | None:
        ukuran, berkas = announced_size(request), getattr(view, "receives_files", False)
        if ukuran <= BIASA_MB * POTONGAN:
            return None
        masuk = request.user.is_authenticated
        if berkas and masuk and ukuran <= settings.BUKTI_MAKS_KIRIM_MB * POTONGAN:
            return None
        read_away(request, 4 * settings.BUKTI_MAKS_KIRIM_MB if masuk else settings.BUKTI_MAKS_MB + BIASA_MB)
        if berkas and not masuk:
            return log_in_first(request)
        return too_large(request, settings.BUKTI_MAKS_KIRIM_MB if berkas else BIASA_MB)


def announced_size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def read_away(request: HttpRequest, paling_banyak_mb: int) -> None:
    """A browser still sending shows a broken connection instead of our words. Within reason."""
    for _ in range(paling_banyak_mb):
        if not request.read(POTONGAN):
            break


def log_in_first(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"galat": [KELUAR]}, status=401)
    return redirect_to_login(request.get_full_path())


def too_large(request: HttpRequest, batas: int) -> HttpResponse:
    if wants_json(request):
        pesan = f"Kiriman ini lebih besar dari {batas} MB. Kirim berkasnya satu per satu."
        return JsonResponse({"galat": [pesan]}, status=413)
    konteks = {"batas": batas, "batas_berkas": settings.BUKTI_MAKS_MB, "terima_berkas": batas != BIASA_MB}
    return render(request, "413.html", konteks, status=413)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
