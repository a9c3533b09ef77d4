"""The request as views that ask for a login get it: `@login_required` keeps everybody else out."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Permintaan(HttpRequest):
    user: User
    htmx: HtmxDetails
