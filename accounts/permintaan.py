"""The request as views that ask for a login get it: `@login_required` keeps everybody else out."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Permintaan(HttpRequest):
    user: User
    htmx: HtmxDetails


def bilangan(teks: str) -> int | None:
    """A number as an address or a form sends it; None where it is none, or larger than any key can be."""
    return int(teks) if teks.isascii() and teks.isdecimal() and len(teks) < 19 else None
