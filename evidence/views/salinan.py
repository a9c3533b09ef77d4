"""A copy as PDF of a link's page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.permintaan import Permintaan
from evidence import intake
from evidence.access import get_evidence_for
from evidence.middleware import receives_files
from evidence.models import Evidence
from evidence.salinan import attach_copy, require_may_copy
from evidence.templatetags.bukti import nomor_terima
from evidence.upload_handlers import names_too_large, not_kept


@receives_files
@require_POST
@login_required
def salinan_tautan(request: Permintaan, pk: int) -> HttpResponse:
    tautan = get_evidence_for(request.user, pk)
    require_may_copy(request.user, tautan)
    if not tautan.tautan:
        raise Http404
    try:
        salinan = receive_copy(request, tautan)
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
    else:
        messages.success(request, f"Salinan PDF diterima, nomor tanda terima {nomor_terima(salinan)}.")
    return redirect("bukti", tautan.pk)


def receive_copy(request: Permintaan, tautan: Evidence) -> Evidence:
    for _, pesan in not_kept(request):
        raise ValidationError(pesan)
    if names_too_large(request):
        raise intake.too_large()
    upload = request.FILES.get("berkas")
    if upload is None:
        raise ValidationError("Pilih PDF salinannya dahulu.")
    return attach_copy(tautan=tautan, upload=upload, by=request.user)
