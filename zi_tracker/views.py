"""The project's error pages, in Indonesian and in our look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.permintaan import tulisan

TIDAK_BOLEH = "Peran Anda tidak membolehkan tindakan ini."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Without the request: it may have been refused before there was a session or a user.
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"alasan": str(exception) or TIDAK_BOLEH}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"tulisan": tulisan(request)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def method_not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    response = render(request, "405.html", status=405)
    response["Allow"] = allow
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: what failed may be the database, and the frame of other pages asks it.
    return HttpResponse(render_to_string("500.html"), status=500)
