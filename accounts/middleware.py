"""One question for a person's roles in a request, however many parts of the page ask it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.access import ingat_hak


class SekaliTanya:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ingat_hak():
            return self.get_response(request)
