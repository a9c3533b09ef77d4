"""Photos of a draft as one PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import Tindakan
from accounts.permintaan import Permintaan, bilangan
from actionplan.posisi import say_done
from evidence.access import get_submission_for
from evidence.foto import combine
from evidence.models import Evidence, Submission
from evidence.rounds import TIPE_GAMBAR
from evidence.views.unggah import draft_part


@require_POST
@login_required
def jadikan_pdf(request: Permintaan, pk: int) -> HttpResponse:
    submission = get_submission_for(request.user, pk, Tindakan.TULIS)
    photos = chosen_photos(submission, request.POST.getlist("foto"))
    try:
        pdf = combine(
            submission=submission, photos=photos, judul=request.POST.get("judul", ""), by=request.user
        )
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
    else:
        say_done(request, f"{len(photos)} foto menjadi satu PDF: {pdf.judul}. Foto aslinya tetap tersimpan.")
    if request.htmx:
        return draft_part(request, submission.kebutuhan_id)
    return redirect("unggah", submission.kebutuhan_id)


def chosen_photos(submission: Submission, dipilih: list[str]) -> list[Evidence]:
    """In the order in which they came; those that a first press has put into a PDF are found as well."""
    nomor = {pk for pk in map(bilangan, dipilih) if pk}
    di_draf = Evidence.objects.filter(submissions=submission) | Evidence.objects.filter(
        dijadikan_pdf__submissions=submission
    )
    return list(di_draf.filter(pk__in=nomor, tipe__in=TIPE_GAMBAR).distinct().order_by("pk"))
