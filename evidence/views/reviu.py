"""TPI's work: the queue, what was required beside what was handed in, and the decision."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Tindakan
from accounts.models import Satker
from accounts.permintaan import Permintaan
from accounts.waktu import hari_ke
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi
from actionplan.posisi import say_done
from evidence.access import area_of, get_round_for_review
from evidence.antrean import Antrean, queue_of, waiting_elsewhere
from evidence.forms import ReviuForm
from evidence.masa import dates_outside, masa_of
from evidence.models import Evidence, Submission
from evidence.penarikan import KEMBALIKAN, why_not_accepted
from evidence.rounds import decision_of, pieces_of, rounds_of
from evidence.services import review
from evidence.views.unggah import slot_of


@require_safe
@login_required
def antrean(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    rencana = get_rencana_for(request.user, kode, tahun, Tindakan.REVIU)
    queue = queue_of(rencana, request.user)
    if queue.pertama is None:
        request.rencana = rencana  # type: ignore[attr-defined]
        isi = {"rencana": rencana, "antrean_lain": waiting_elsewhere(request.user, rencana)}
        return render(request, "evidence/antrean_kosong.html", isi)
    return page(request, rencana, queue.pertama.slot, queue.pertama.pk, queue)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reviu(request: Permintaan, pk: int) -> HttpResponse:
    submission = get_round_for_review(request.user, pk)
    rencana = area_of(submission.kebutuhan).rencana
    queue = queue_of(rencana, request.user)
    if submission.ditarik_pada is not None:
        messages.warning(request, "Kiriman itu sudah ditarik kembali oleh tim. Ini yang berikutnya.")
        return go_on(rencana, queue, pk)
    if request.method == "POST":
        return decide(request, submission, rencana, queue)
    return page(request, rencana, submission.kebutuhan_id, pk, queue)


def decide(request: Permintaan, submission: Submission, rencana: RencanaAksi, queue: Antrean) -> HttpResponse:
    form = new_form(rencana.satker, submission.evidence.all(), request.POST)
    if not form.is_valid():
        return page(request, rencana, submission.kebutuhan_id, submission.pk, queue, form)
    try:
        putusan = review(submission=submission, by=request.user, **form.cleaned_data)
    except ValidationError as galat:
        if getattr(galat, "code", "") == "tidak_utuh":
            form.add_error("keputusan", galat.messages)
            return page(request, rencana, submission.kebutuhan_id, submission.pk, queue, form)
        messages.warning(
            request, f"{' '.join(galat.messages)} Keputusan Anda tidak dicatat; ini yang berikutnya."
        )
    else:
        kode = submission.kebutuhan.tenggat.indikator.kode
        say_done(request, f"{kode}: {putusan.get_keputusan_display()} tercatat.")
    return go_on(rencana, queue, submission.pk)


def new_form(satker: Satker, isi: Iterable[Evidence], data: QueryDict | None = None) -> ReviuForm:
    return ReviuForm(data, satker=satker, isi=isi)


def go_on(rencana: RencanaAksi, queue: Antrean, pk: int) -> HttpResponse:
    berikutnya = queue.sesudah_putusan(pk)
    if berikutnya:
        return redirect("reviu", berikutnya.pk)
    return redirect("antrean", rencana.satker.kode, rencana.tahun)


def page(
    request: Permintaan,
    rencana: RencanaAksi,
    slot: int,
    pk: int,
    queue: Antrean,
    form: ReviuForm | None = None,
) -> HttpResponse:
    konteks = slot_of(request, rencana, slot)
    rounds = rounds_of(konteks["slot"], request.user)
    kini = next((r for r in rounds.semua if r.pk == pk), None)
    if kini is None or kini.dikirim_pada is None:  # the team has just taken it back
        return go_on(rencana, queue, pk)
    request.jumlah_antrean = len(queue.baris)  # type: ignore[attr-defined]
    context = {
        **konteks,
        "antrean": queue,
        "kini": kini,
        "hari_ke": hari_ke(kini.dikirim_pada, konteks["hari_ini"], konteks["satker"].zona_waktu),
        "milik_sendiri": queue.is_own(kini.pk),
        "form": form or new_form(konteks["satker"], pieces_of(kini)),
        "sebelumnya": queue.tetangga(kini.pk, -1),
        "berikutnya": queue.tetangga(kini.pk, 1),
        "isi": pieces_of(kini),
        "tidak_utuh": why_not_accepted(pieces_of(kini)),
        "kembalikan": KEMBALIKAN,
        "luar": dates_outside(kini.isi.all(), masa_of(konteks["slot"])),
        "bukti": chosen(request, "berkas", kini),
        **comparison(request, rounds.semua, kini),
    }
    # htmx leaves an answer of 4xx unseen.
    status = 422 if form and not request.htmx else 200
    return render(request, "evidence/reviu.html", context, status=status)


def chosen(request: Permintaan, parameter: str, submission: Submission) -> Evidence | None:
    """The piece that the address names, else the first."""
    isi = pieces_of(submission)
    return next((e for e in isi if str(e.pk) == request.GET.get(parameter)), next(iter(isi), None))


def comparison(request: Permintaan, semua: list[Submission], kini: Submission) -> dict[str, object]:
    """Earlier rounds, newest first, and the one shown beside this one if it is asked for."""
    dulu = [r for r in semua if r.putaran < kini.putaran and r.dikirim_pada and r.ditarik_pada is None]
    banding = next((r for r in dulu if str(r.putaran) == request.GET.get("banding")), None)
    putusan = decision_of(dulu[0]) if dulu else None
    return {
        "putaran_dulu": dulu,
        "catatan_dulu": putusan if putusan and putusan.catatan else None,
        "banding": banding,
        "isi_banding": pieces_of(banding) if banding else [],
        "bukti_banding": chosen(request, "lama", banding) if banding else None,
    }
