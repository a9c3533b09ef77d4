"""413 in words, before a byte of the body is believed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

POTONGAN = 1024 * 1024


class RequestSizeMiddleware:
    """Refuses a request larger than BUKTI_MAKS_KIRIM_MB. Stands before CSRF, which would read it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if announced_size(request) <= settings.BUKTI_MAKS_KIRIM_MB * 1024 * 1024:
            return None
        read_to_end(request)
        return too_large(request)


def announced_size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def read_to_end(request: HttpRequest) -> None:
    """Thrown away, but read: a browser still sending shows a broken connection instead of our words. Within reason."""
    for _ in range(4 * settings.BUKTI_MAKS_KIRIM_MB):
        if not request.read(POTONGAN):
            break


def too_large(request: HttpRequest) -> HttpResponse:
    batas = settings.BUKTI_MAKS_KIRIM_MB
    if request.headers.get("Accept", "").startswith("application/json"):
        pesan = f"Kiriman ini lebih besar dari {batas} MB. Kirim berkasnya satu per satu."
        return JsonResponse({"galat": [pesan]}, status=413)
    return render(request, "413.html", {"batas": batas, "batas_berkas": settings.BUKTI_MAKS_MB}, status=413)
