from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PERAN_DARI_OPERATOR, Tindakan, get_membership_for, get_satker_for, hak
from accounts.forms import (
    AkhiriForm,
    OrangBaruForm,
    OrangLamaForm,
    PerintahForm,
    SandiBaruForm,
    SerahkanForm,
    UbahAreaForm,
)
from accounts.models import Membership, Peran, Satker, User
from accounts.permintaan import Permintaan
from accounts.services import check_may_reset, check_may_set


@login_required
@require_safe
def akun(request: Permintaan) -> HttpResponse:
    """Who am I here, and the way out."""
    berlaku = hak(request.user).keanggotaan
    lain = Membership.objects.filter(user=request.user).exclude(pk__in=[m.pk for m in berlaku])
    isi = {"berlaku": berlaku, "lain": lain.select_related("satker").order_by("-mulai", "-pk")}
    return render(request, "accounts/akun.html", isi)


@login_required
@require_safe
def pengaturan(request: Permintaan, kode: str) -> HttpResponse:
    satker = get_satker_for(request.user, kode, Tindakan.KELOLA)
    semua = Membership.objects.filter(satker=satker).select_related("user").by_role()
    isi = {
        "satker": satker,
        "tim": semua.active().exclude(peran__in=PERAN_DARI_OPERATOR),
        "dari_operator": semua.active().filter(peran__in=PERAN_DARI_OPERATOR),
        "lain": semua.exclude(pk__in=semua.active().values("pk")),
    }
    return render(request, "accounts/pengaturan.html", isi)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anggota_tambah(request: Permintaan, kode: str) -> HttpResponse:
    satker = get_satker_for(request.user, kode, Tindakan.KELOLA)
    baru = request.GET.get("cara") == "baru"
    jenis = OrangBaruForm if baru else OrangLamaForm
    form = jenis(request.POST or None, satker=satker)
    if request.method == "POST" and form.lakukan(request.user):
        if isinstance(form, OrangBaruForm):
            return _tunjukkan_sandi(request, satker, form.hasil.user, form.sandi)
        messages.success(request, f"{form.hasil.user} kini {form.hasil.get_peran_display()}.")
        return redirect("pengaturan", kode)
    return render(request, "accounts/anggota_tambah.html", {"satker": satker, "form": form, "baru": baru})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anggota_ubah(request: Permintaan, pk: int) -> HttpResponse:
    membership = _anggota_for(request, pk)
    return _perintah(request, membership, UbahAreaForm, "ubah", "Area sudah diubah.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anggota_serahkan(request: Permintaan, pk: int) -> HttpResponse:
    membership = _anggota_for(request, pk)
    return _perintah(request, membership, SerahkanForm, "serahkan", "Area sudah diserahkan.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anggota_akhiri(request: Permintaan, pk: int) -> HttpResponse:
    membership = get_membership_for(request.user, pk)
    check_may_set(membership, request.user)
    return _perintah(request, membership, AkhiriForm, "akhiri", "Keanggotaan sudah diakhiri.")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anggota_sandi(request: Permintaan, pk: int) -> HttpResponse:
    membership = get_membership_for(request.user, pk)
    check_may_reset(membership.user, membership, request.user)
    form = SandiBaruForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.lakukan(request.user):
        return _tunjukkan_sandi(request, membership.satker, membership.user, form.sandi)
    isi = {"satker": membership.satker, "membership": membership, "form": form}
    return render(request, "accounts/anggota_sandi.html", isi)


def _anggota_for(request: Permintaan, pk: int) -> Membership:
    membership = get_membership_for(request.user, pk)
    check_may_set(membership, request.user)
    if membership.peran != Peran.ANGGOTA:
        raise PermissionDenied(f"Peran {membership.get_peran_display()} tidak dibatasi area.")
    return membership


def _perintah(
    request: Permintaan, membership: Membership, jenis: type[PerintahForm], nama: str, selesai: str
) -> HttpResponse:
    form = jenis(request.POST or None, membership=membership)  # type: ignore[call-arg]
    if request.method == "POST" and form.lakukan(request.user):
        messages.success(request, selesai)
        return redirect("pengaturan", membership.satker.kode)
    isi = {"satker": membership.satker, "membership": membership, "form": form}
    return render(request, f"accounts/anggota_{nama}.html", isi)


@sensitive_variables("sandi")
def _tunjukkan_sandi(request: Permintaan, satker: Satker, orang: User, sandi: str) -> HttpResponse:
    """The answer to the POST itself: nothing keeps the password. The same POST sent again is answered alike."""
    isi = {"satker": satker, "orang": orang, "sandi": sandi}
    return render(request, "accounts/sandi_awal.html", isi)
