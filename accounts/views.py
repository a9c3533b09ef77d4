from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import hak
from accounts.models import Membership


@login_required
@require_safe
def akun(request: HttpRequest) -> HttpResponse:
    """Who am I here, and the way out."""
    berlaku = hak(request.user).keanggotaan
    lain = Membership.objects.filter(user=request.user).exclude(pk__in=[m.pk for m in berlaku])
    isi = {
        "berlaku": berlaku,
        "lain": lain.select_related("satker").order_by("-mulai", "-pk"),
    }
    return render(request, "accounts/akun.html", isi)
