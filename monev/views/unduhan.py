"""A file made for a person, to keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def unduhan(berkas: bytes, nama: str, tipe: str) -> HttpResponse:
    response = HttpResponse(berkas, content_type=tipe)
    # The office's name is typed by people: no slash may make it a path.
    response["Content-Disposition"] = content_disposition_header(True, nama.replace("/", "-"))
    return response
