"""Handing in: choose for what, then files, a link, and what they are."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Tindakan, hak
from accounts.area import ROMAWI
from accounts.permintaan import Permintaan, bilangan
from accounts.tersusun import Pk, fetch
from accounts.waktu import hari_ini
from actionplan.access import get_rencana_for
from actionplan.models import Kebutuhan, RencanaAksi
from actionplan.posisi import say_done
from evidence import masa, tus
from evidence.access import SLOT_RELATIONS, area_of, get_slot_for, get_unggahan_for
from evidence.content import DITERIMA
from evidence.forms import AlasanForm, AlasanTanggalForm, UnggahForm, sebut_batas
from evidence.middleware import receives_files, wants_json
from evidence.models import Slot, Submission, Unggahan
from evidence.pustaka import Kembar, twins_of
from evidence.rounds import Rounds, accepted_before, rounds_of
from evidence.services import explain_dates, open_draft, save_message, send
from evidence.terbuka import slot_terbuka
from evidence.upload import MENURUT_AKHIRAN, Hasil, receive
from evidence.upload_handlers import names_too_large, not_kept

PER_HALAMAN = 30
AKSI = frozenset({"kirim", "simpan", "terima", "buka"})
BELUM_BERALASAN = (
    "Belum dikirim: ada dokumen yang tanggalnya di luar masa tenggat ini. Tulis di bawah mengapa tetap dipakai, lalu "
    "kirim lagi. Berkasnya sudah diterima dan tidak perlu dipilih lagi."
)
ALASAN_SALAH = "Alasan tanggal belum tersimpan. Perbaiki yang ditandai, lalu simpan lagi."
SUDAH_MENUNGGU = "Bukti ini sudah dikirim dan menunggu reviu TPI; tidak ada yang dikirim dua kali."
BUKAN_VERSI = (
    "Beberapa bukti diunggah bersama, jadi tidak ada yang dicatat sebagai versi baru. "
    "Unggah satu per satu bila salah satunya menggantikan bukti lama."
)


@require_safe
@login_required
def unggah_pilih(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    """The slots in which this person has something to do, most pressing first."""
    rencana = get_rencana_for(request.user, kode, tahun, Tindakan.TULIS)
    request.rencana = rencana  # type: ignore[attr-defined]
    hari = hari_ini(rencana.satker.zona_waktu)
    pilihan = Pilihan(request)
    areas = hak(request.user).areas(Tindakan.TULIS, rencana.satker)
    slots = slot_terbuka(rencana, pilihan.of(areas), hari, pilihan.kata)
    halaman = Paginator(slots, PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks = {"rencana": rencana, "halaman": halaman, "pilihan": pilihan, "hari_ini": hari}
    return render(request, "evidence/unggah_pilih.html", konteks)


class Pilihan:
    """What the search and the choice of area leave of the slots."""

    def __init__(self, request: Permintaan) -> None:
        self.kata = request.GET.get("cari", "").strip()[:100]
        area = bilangan(request.GET.get("area", ""))
        self.area = area if area in ROMAWI else None

    @property
    def areas(self) -> list[tuple[int, str]]:
        return [(nomor, f"Area {romawi}") for nomor, romawi in ROMAWI.items()]

    def of(self, areas: frozenset[int]) -> frozenset[int]:
        return areas & {self.area} if self.area else areas


@receives_files
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unggah(request: Permintaan, pk: int) -> HttpResponse:
    slot = get_slot_for(request.user, pk, Tindakan.TULIS)
    rounds = rounds_of(slot, request.user)
    if request.method != "POST":
        return page(request, slot, rounds, new_form(slot, rounds))
    if rounds.menunggu:
        return already_waiting(request, slot)
    keep_unknown_action(request)
    if request.POST.get("aksi") == "buka":
        return reopen(request, slot, rounds)
    form = new_form(slot, rounds, request.POST)
    if request.POST.get("aksi") == "terima":
        return receive_one(request, slot, form)
    return receive_all(request, slot, form)


def keep_unknown_action(request: Permintaan) -> None:
    """A form that does not say what to do, or says what we do not know, is kept: nothing is lost and nothing sent."""
    if request.POST.get("aksi") not in AKSI:
        data = request.POST.copy()
        data["aksi"] = "simpan"
        request.POST = data  # type: ignore[assignment]


def new_form(slot: Slot, rounds: Rounds, data: object = None) -> UnggahForm:
    return UnggahForm(
        data,
        satker=area_of(slot).rencana.satker,
        lama=rounds.yang_lama,
        lagi=rounds.dapat_dipakai_lagi,
        menjawab=rounds.catatan is not None,
        initial={
            "judul": suggested_title(slot),
            "pesan": rounds.draf.pesan if rounds.draf else "",
            "menggantikan": rounds.satu_satunya.pk if rounds.satu_satunya else None,
        },
    )


def suggested_title(slot: Slot) -> str:
    return slot.bukti_fisik.uraian.replace("*", "")[:200]


def page(
    request: Permintaan,
    slot: Slot,
    rounds: Rounds,
    form: UnggahForm,
    hasil: Hasil | None = None,
    alasan: AlasanForm | None = None,
) -> HttpResponse:
    status = 422 if form.errors or (alasan and alasan.errors) or (hasil and hasil.gagal) else 200
    context = {
        **draft_context(request, slot, rounds),
        "form": form,
        "hasil": hasil,
        "alasan": alasan or AlasanForm(),
        "lalu": accepted_before(slot),
        "belum_selesai": tus.unfinished(slot, request.user),
        "batas_berkas": sebut_batas(area_of(slot).rencana.satker),
        "batas_mb": settings.BUKTI_MAKS_MB,
        "akhiran": ",".join(akhiran for jenis in DITERIMA for akhiran in jenis.akhiran),
        "kata_akhiran": json.dumps(MENURUT_AKHIRAN),
    }
    return render(request, "evidence/unggah.html", context, status=status)


def slot_context(request: Permintaan, slot: Kebutuhan, on: dt.date | None = None) -> dict[str, Any]:
    """What every page about one slot shows of it, as known on the day `on`: today, where one writes."""
    return slot_of(request, area_of(slot).rencana, slot.pk, on)


def slot_of(request: Permintaan, rencana: RencanaAksi, pk: int, on: dt.date | None = None) -> dict[str, Any]:
    request.rencana = rencana  # type: ignore[attr-defined]
    hari = on or hari_ini(rencana.satker.zona_waktu)
    (kini,) = fetch(_slot_on, Pk(pk), hari)
    return {"slot": kini, "rencana": rencana, "satker": rencana.satker, "hari_ini": hari}


def _slot_on(slot: int, hari: dt.date) -> QuerySet[Slot]:
    slots = Slot.objects.filter(pk=slot).with_keadaan(hari).with_batas(hari)
    return slots.select_related(*SLOT_RELATIONS)


def reopen(request: Permintaan, slot: Slot, rounds: Rounds) -> HttpResponse:
    alasan = AlasanForm(request.POST)
    if not alasan.is_valid():
        return page(request, slot, rounds, new_form(slot, rounds), alasan=alasan)
    try:
        open_draft(slot=slot, by=request.user, alasan=alasan.cleaned_data["alasan"])
    except ValidationError as galat:  # a colleague was quicker
        messages.error(request, " ".join(galat.messages))
        return redirect("slot", slot.pk)
    say_done(request, "Bukti dibuka kembali. Unggah penggantinya, lalu kirim untuk reviu.")
    return redirect("unggah", slot.pk)


def already_waiting(request: Permintaan, slot: Slot) -> HttpResponse:
    if request.POST.get("aksi") == "terima":
        return JsonResponse({"galat": [SUDAH_MENUNGGU]}, status=409)
    messages.info(request, SUDAH_MENUNGGU)
    return redirect("slot", slot.pk)


def receive_one(request: Permintaan, slot: Slot, form: UnggahForm) -> JsonResponse:
    """One file sent by the page's script; the answer is for its row."""
    if not form.is_valid():
        galat = [p for pesan in form.errors.values() for p in pesan]
        return JsonResponse({"galat": galat, "isian": list(form.errors)}, status=422)
    hasil = receive_posted(request, slot, form)
    if hasil.gagal:
        return JsonResponse({"galat": hasil.gagal[0].pesan, "tetap": hasil.gagal[0].tetap}, status=422)
    if not hasil.diterima:
        return JsonResponse({"galat": ["Berkas tidak sampai. Pilih lagi, lalu unggah."]}, status=422)
    for ingat in hasil.sudah_ada:  # the page goes on by itself when all have come: said there, too
        messages.warning(request, ingat)
    return JsonResponse({"draf": draft_html(request, slot), "ingat": notices(request, slot, form, hasil)})


def receive_all(request: Permintaan, slot: Slot, form: UnggahForm) -> HttpResponse:
    """The plain form: everything at once; what was good is kept whatever else went wrong."""
    hasil = receive_posted(request, slot, form) if form.is_valid() else None
    if hasil is None and request.FILES:
        form.add_error(None, "Berkasnya belum diterima. Perbaiki isian di bawah, lalu pilih lagi berkasnya.")
    for ingat in notices(request, slot, form, hasil) if hasil else []:
        messages.warning(request, ingat)
    selesai = hasil is not None and finish(request, slot, form, hasil)
    if request.POST.get("aksi") == "simpan" and wants_json(request):
        return kept(request, slot, form, hasil, tersimpan=selesai)
    if selesai and hasil and not hasil.gagal:
        return redirect("slot" if request.POST.get("aksi") == "kirim" else "unggah", slot.pk)
    return page(request, slot, rounds_of(slot, request.user), form, hasil)


def kept(
    request: Permintaan, slot: Slot, form: UnggahForm, hasil: Hasil | None, *, tersimpan: bool
) -> JsonResponse:
    """To the page's script, where some of its files were refused: the page stays, with what is not kept."""
    isian = {nama: " ".join(map(str, pesan)) for nama, pesan in form.errors.items()}
    for gagal in hasil.gagal if hasil else []:
        tautan = gagal.nama == form.cleaned_data["tautan"]
        isian["tautan" if tautan else NON_FIELD_ERRORS] = " ".join(gagal.pesan)
    isi = {
        "draf": draft_html(request, slot, bawa_kabar=True),
        "galat": list(isian.values()),
        "isian": isian,
        "tersimpan": tersimpan,
    }
    return JsonResponse(isi, status=422 if isian else 200)


def receive_posted(request: Permintaan, slot: Slot, form: UnggahForm) -> Hasil:
    return receive(
        slot=slot,
        satker=area_of(slot).rencana.satker,
        by=request.user,
        isian=form.cleaned_data,
        files=[*request.FILES.getlist("berkas"), *request.FILES.getlist("foto")],
        too_large=names_too_large(request),
        not_kept=not_kept(request),
        unggahan=uploads_named(request, slot),
        bersama="bersama" in request.POST,
    )


def uploads_named(request: Permintaan, slot: Slot) -> list[Unggahan]:
    """What came in parts, by its number; only of this slot."""
    milik = [get_unggahan_for(request.user, uuid_or_404(teks)) for teks in request.POST.getlist("unggahan")]
    if any(unggahan.slot_id != slot.pk for unggahan in milik):
        raise Http404
    return milik


def uuid_or_404(teks: str) -> UUID:
    try:
        return UUID(teks)
    except ValueError:
        raise Http404


def finish(request: Permintaan, slot: Slot, form: UnggahForm, hasil: Hasil) -> bool:
    """Send, or keep as draft. False where it was not; the form then says why, or `hasil` did."""
    pesan, kirim = form.cleaned_data["pesan"], request.POST.get("aksi") == "kirim"
    if kirim and hasil.gagal:
        return False
    rounds = rounds_of(slot, request.user)
    alasan = reasons_form(request, slot_context(request, slot)["slot"], rounds)
    try:
        draf = rounds.draf or draft_for_words(request, slot, "" if kirim else pesan)
        if draf is None:
            if not hasil.gagal:
                form.add_error(None, "Pilih berkas atau isi tautan dahulu.")
            return False
        explain_dates(submission=draf, by=request.user, alasan=alasan.alasan())
        save_message(submission=draf, by=request.user, pesan=pesan)
        if alasan.errors:
            raise ValidationError(BELUM_BERALASAN if kirim else ALASAN_SALAH)
        if kirim:
            send(submission=draf, by=request.user, pesan=pesan)
    except ValidationError as galat:
        form.add_error("pesan" if galat.code == "jawab" else None, galat.messages)
        return False
    say_done(
        request,
        "Bukti terkirim dan menunggu reviu TPI." if kirim else "Tersimpan sebagai draf; belum dikirim.",
    )
    return True


def draft_for_words(request: Permintaan, slot: Slot, pesan: str) -> Submission | None:
    """Words alone are worth keeping, too."""
    return open_draft(slot=slot, by=request.user) if pesan.strip() else None


def notices(request: Permintaan, slot: Slot, form: UnggahForm, hasil: Hasil) -> list[str]:
    """What is not forbidden, only said: the same file lies in the draft or the office already, or no version was
    recorded."""
    ingat = [BUKAN_VERSI] if form.cleaned_data["menggantikan"] and len(hasil.diterima) > 1 else []
    kembar = twins_of(hasil.diterima, slot, request.user)
    return [
        *hasil.sudah_ada,
        *ingat,
        *(f"Berkas {k.baru.nama_berkas} sudah pernah diunggah {k.sebut}." for k in kembar),
    ]


def draft_html(request: Permintaan, slot: Slot, *, bawa_kabar: bool = False) -> str:
    konteks = {**draft_context(request, slot), "bawa_kabar": bawa_kabar}
    return render_to_string("evidence/_draf.html", konteks, request)


def draft_part(request: Permintaan, slot_pk: int) -> HttpResponse:
    slot = get_slot_for(request.user, slot_pk, Tindakan.TULIS)
    return render(request, "evidence/_draf.html", {**draft_context(request, slot), "bawa_kabar": True})


def draft_context(request: Permintaan, slot: Slot, rounds: Rounds | None = None) -> dict[str, Any]:
    rounds = rounds or rounds_of(slot, request.user)
    konteks = slot_context(request, slot)
    return {
        **konteks,
        "rounds": rounds,
        "maks_foto": settings.BUKTI_MAKS_FOTO,
        "kembar": twins(rounds, slot, request),
        "alasan_tanggal": reasons_form(request, konteks["slot"], rounds),
    }


def reasons_form(request: Permintaan, slot: Slot, rounds: Rounds) -> AlasanTanggalForm:
    """Of the draft's dates outside the period; all must be explained where it was to be sent."""
    isi = rounds.draf.isi.all() if rounds.draf else []
    aksi = request.POST.get("aksi", "")
    data = request.POST if aksi in ("kirim", "simpan") else None
    luar = masa.dates_outside(isi, masa.masa_of(slot))
    return AlasanTanggalForm(data, luar=luar, wajib=aksi == "kirim")


def twins(rounds: Rounds, slot: Slot, request: Permintaan) -> list[Kembar]:
    return twins_of(rounds.isi_draf, slot, request.user)
