"""The request as views that ask for a login get it: `@login_required` keeps everybody else out."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Permintaan(HttpRequest):
    user: User
    htmx: HtmxDetails


PANJANG_TULISAN = 20


def tulisan(request: HttpRequest) -> list[str]:
    """What a person wrote into a form that is not taken in: too long to be written again. Passwords are one word."""
    isi = (teks.strip() for nama in request.POST for teks in request.POST.getlist(nama))
    return [teks for teks in isi if len(teks) >= PANJANG_TULISAN and len(teks.split()) > 1]


def bilangan(teks: str) -> int | None:
    """A number as an address or a form sends it; None where it is none, or larger than any key can be."""
    return int(teks) if teks.isascii() and teks.isdecimal() and len(teks) < 19 else None
