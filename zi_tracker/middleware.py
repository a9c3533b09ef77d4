from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from zi_tracker.views import method_not_allowed


class MethodNotAllowedPage:
    """Opened as a page, an address that only takes what a form sends would be a blank one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        return method_not_allowed(request, response.headers["Allow"])


class AddressWithoutNul:
    """No person types it, and PostgreSQL, unlike SQLite, refuses every question in which it stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL dalam alamat")
        return self.get_response(request)


class RoomyStack:
    """CPython keeps frames in blocks of 16 KB and gives a block back once it is empty: a template that works at the end
    of one asks the system for the next thousands of times, which doubles a long page. A frame that says it needs 250 KB
    gets a block of 512 KB, and all that is called from it has its place in the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _with_room(self.get_response, request)


def _with_room(get_response: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    return get_response(request)


_with_room.__code__ = _with_room.__code__.replace(co_stacksize=32_000)
