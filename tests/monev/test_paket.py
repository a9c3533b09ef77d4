"""A package holds what was sent, in the lampiran's order, proves itself, and says what is not in it."""

import datetime as dt
import io
import itertools
import subprocess
import zipfile
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Peran, User
from actionplan.models import Area, Komponen, RencanaAksi
from evidence import vault
from evidence.intake import receive_link
from evidence.models import BerkasTersimpan, Evidence, PembukaanRahasia, Slot, Submission
from evidence.pindai import Pindai
from evidence.salinan import attach_copy
from evidence.services import explain_dates, open_draft, put_in_draft, send
from monev.paket import Saringan, build_paket, folder_of
from monev.paket_zip import BerubahError, package_stream
from monev.triwulan import Triwulan
from tests.evidence import berkas
from tests.factories import (
    make_berkas,
    make_indikator,
    make_member,
    make_rencana,
    make_review,
    make_tautan,
    make_tenggat,
    slots_of,
    wib,
)

pytestmark = pytest.mark.django_db
JUNI = wib(2025, 6, 20)
HARI = dt.date(2025, 7, 1)
SELURUHNYA = Saringan()
SEBAGIAN, ZIP64_AKHIR = bytes(64 * 1024 * 1024), b"PK\x06\x06"


@pytest.fixture
def rencana() -> RencanaAksi:
    return make_rencana()


@pytest.fixture
def anggota(rencana: RencanaAksi) -> User:
    return make_member(rencana.satker)


def slot_baru(rencana: RencanaAksi, *, area: int = 1, jatuh_tempo: dt.date = dt.date(2025, 6, 30)) -> Slot:
    return slots_of(make_tenggat(make_indikator(rencana, area=area), jatuh_tempo=jatuh_tempo))[0]


def kirim(slot: Slot, by: User, *isi: Evidence) -> Submission:
    draft = open_draft(slot=slot, by=by, at=JUNI)
    put_in_draft(submission=draft, evidence=isi, by=by)
    return send(submission=draft, by=by, at=JUNI)


def bukti(rencana: RencanaAksi, by: User, judul: str = "Laporan", *, rahasia: bool = False) -> Evidence:
    isi = f"%PDF-1.4\n{judul}\n%%EOF\n".encode()
    return make_berkas(rencana.satker, by, judul, isi, at=JUNI, rahasia=rahasia)


def isi_zip(
    rencana: RencanaAksi, saringan: Saringan = SELURUHNYA, user: User | None = None
) -> zipfile.ZipFile:
    stream = package_stream(build_paket(rencana, saringan, HARI, user=user))
    panjang, isi = len(stream), b"".join(stream)
    assert panjang == len(isi)
    arsip = zipfile.ZipFile(io.BytesIO(isi))
    assert arsip.testzip() is None
    return arsip


def berkas_dari(arsip: zipfile.ZipFile) -> list[str]:
    return [nama for nama in arsip.namelist() if nama.startswith("AREA ")]


def test_files_lie_in_the_folders_of_the_lampiran_under_human_names(
    rencana: RencanaAksi, anggota: User
) -> None:
    slot = slot_baru(rencana)
    kirim(slot, anggota, bukti(rencana, anggota, "Laporan evaluasi WBS"))
    (nama,) = berkas_dari(isi_zip(rencana))
    komponen = slot.tenggat.indikator.komponen
    assert nama.startswith(f"AREA I/{komponen.nomor}. ")
    assert nama.endswith(f"/{slot.tenggat.indikator.kode}_Laporan evaluasi WBS_TW II 2025.pdf")


def test_the_manifest_is_accepted_by_sha256sum(rencana: RencanaAksi, anggota: User, tmp_path: Path) -> None:
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota, "A"), bukti(rencana, anggota, "B é’"))
    isi_zip(rencana).extractall(tmp_path)
    hasil = subprocess.run(
        ["sha256sum", "-c", "--strict", "manifest.sha256"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert hasil.stdout.count(": OK") == 5  # two pieces, two indexes, a stylesheet


def test_two_pieces_called_alike_both_go_in(rencana: RencanaAksi, anggota: User) -> None:
    satu, dua = bukti(rencana, anggota, "Laporan"), bukti(rencana, anggota, "LAPORAN")
    kirim(slot_baru(rencana), anggota, satu, dua)
    names = berkas_dari(isi_zip(rencana))
    assert len({nama.lower() for nama in names}) == 2
    assert names[1].endswith(" (2).pdf")


def test_a_name_that_looks_like_a_numbered_one_stays_its_own(rencana: RencanaAksi, anggota: User) -> None:
    slot = slot_baru(rencana)
    label = "_TW II 2025"
    titles = ("Laporan", "LAPORAN", f"Laporan{label} (2)")
    kirim(slot, anggota, *(bukti(rencana, anggota, judul) for judul in titles))
    assert len({nama.lower() for nama in berkas_dari(isi_zip(rencana))}) == 3


def test_a_name_in_wide_letters_fits_a_disk(rencana: RencanaAksi, anggota: User) -> None:
    kirim(
        slot_baru(rencana),
        anggota,
        bukti(rencana, anggota, "\N{WHITE HEAVY CHECK MARK}\N{GRINNING FACE}" * 75),
    )
    (nama,) = berkas_dari(isi_zip(rencana))
    assert len(nama.rpartition("/")[2].encode()) <= 255


def test_names_are_right_in_windows(rencana: RencanaAksi, anggota: User) -> None:
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota, 'Rapat: "TPI" <1/2> é?'))
    (nama,) = berkas_dari(arsip := isi_zip(rencana))
    assert not set(nama) & set('<>:"\\|?*')
    assert arsip.getinfo(nama).flag_bits & 0x800  # UTF-8


def test_paths_are_short_enough_for_windows_and_end_in_whole_words(
    rencana: RencanaAksi, anggota: User
) -> None:
    """With some 100 letters of where it is unpacked, and the same name several times."""
    panjang = "Laporan evaluasi (" + "penanganan benturan kepentingan " * 5
    kirim(slot_baru(rencana), anggota, *(bukti(rencana, anggota, f"{panjang}{n}") for n in range(12)))
    names = berkas_dari(isi_zip(rencana))
    assert (len(names), max(map(len, names)) <= 160) == (12, True)
    assert names[0].rpartition("/")[2] == (
        "I.1.1_Laporan evaluasi (penanganan benturan kepentingan penanganan benturan kepentingan penanganan "
        "benturan_TW II 2025.pdf"
    )
    assert not any(bagian.endswith((" ", ".")) for jalan in names for bagian in jalan.split("/"))


def test_a_folder_is_cut_between_words() -> None:
    komponen = Komponen(area=Area(nomor=3), nomor=2, nama="Penataan tata kelola " * 5)
    assert folder_of(komponen) == "AREA III/2. Penataan tata kelola Penataan tata kelola Penataan tata"


def test_a_link_stands_in_the_index(rencana: RencanaAksi, anggota: User) -> None:
    kirim(slot_baru(rencana), anggota, make_tautan(rencana.satker, anggota, tanggal=JUNI.date()))
    arsip = isi_zip(rencana)
    assert berkas_dari(arsip) == []
    assert 'href="https://contoh.go.id/dokumen"' in arsip.read("Indeks.html").decode()


@pytest.mark.lambat
def test_a_file_of_more_than_four_gigabytes_goes_in_with_the_length_told(
    rencana: RencanaAksi, anggota: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ZIP64; its bytes are counted as they go by and not kept."""
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota))
    paket = build_paket(rencana, SELURUHNYA, HARI)
    paket.berkas[0].bukti.ukuran = 65 * len(SEBAGIAN)
    monkeypatch.setattr("monev.paket_zip.bytes_of", lambda _: itertools.repeat(SEBAGIAN, 65))
    stream = package_stream(paket)
    jumlah, ekor = 0, b""
    for potongan in stream:
        jumlah, ekor = jumlah + len(potongan), (ekor + potongan[-1000:])[-1000:]
    assert jumlah == len(stream) > 2**32
    assert ZIP64_AKHIR in ekor


def test_a_file_that_is_gone_is_named_and_not_left_out_in_silence(
    rencana: RencanaAksi, anggota: User
) -> None:
    ada, hilang = bukti(rencana, anggota, "Ada"), bukti(rencana, anggota, "Hilang")
    kirim(slot_baru(rencana), anggota, ada, hilang)
    vault.remove(hilang.berkas.name)
    arsip = isi_zip(rencana)
    assert len(berkas_dari(arsip)) == 1
    assert "Berkas tidak ditemukan di penyimpanan" in arsip.read("Indeks.html").decode()
    lembar = load_workbook(io.BytesIO(arsip.read("Indeks.xlsx")))["Indeks"]
    assert "Berkas tidak ditemukan di penyimpanan" in [sel.value for sel in lembar["N"]]


def test_the_index_tells_decision_note_dates_and_hash(rencana: RencanaAksi, anggota: User) -> None:
    piece = bukti(rencana, anggota)
    tpi = make_member(rencana.satker, Peran.TPI)
    make_review(kirim(slot_baru(rencana), anggota, piece), tpi, at=wib(2025, 6, 25), keputusan="perbaikan")
    arsip = isi_zip(rencana)
    lembar = load_workbook(io.BytesIO(arsip.read("Indeks.xlsx")))["Indeks"]
    baris = (
        [sel.value for sel in lembar[4]] if lembar["A4"].value != "Kode" else [sel.value for sel in lembar[5]]
    )
    assert {"Laporan", "Perlu Perbaikan", "Lengkapi halaman 2.", piece.sha256} <= set(baris)
    assert lembar.cell(5, 12).hyperlink or lembar.cell(4, 12).hyperlink


def test_what_is_missing_and_what_was_sent_back_are_told_apart(rencana: RencanaAksi, anggota: User) -> None:
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota))
    kembali, belum = slot_baru(rencana), slot_baru(rencana, area=2)
    send_back(kirim(kembali, anggota, bukti(rencana, anggota, "Kurang")))
    paket = build_paket(rencana, Saringan(), HARI)
    assert (paket.belum_ada, paket.perlu_perbaikan) == ([belum], [kembali])
    arsip = isi_zip(rencana)
    assert "1 bukti fisik belum ada, 1 perlu perbaikan" in arsip.read("Indeks.html").decode()
    lembar = load_workbook(io.BytesIO(arsip.read("Indeks.xlsx")))["Yang belum lengkap"]
    assert [sel.value for sel in lembar["E"]][-2:] == ["Belum", "Perlu Perbaikan"]


def send_back(submission: Submission) -> None:
    tpi = make_member(submission.kebutuhan.tenggat.indikator.komponen.area.rencana.satker, Peran.TPI)
    make_review(submission, tpi, at=JUNI, keputusan="perbaikan")


def test_what_was_sent_back_lies_apart_under_the_same_name(
    rencana: RencanaAksi, anggota: User, tmp_path: Path
) -> None:
    slot, lain = slot_baru(rencana), slot_baru(rencana)
    kirim(slot, anggota, bukti(rencana, anggota, "Rapat"))
    send_back(kirim(lain, anggota, bukti(rencana, anggota, "Notulen")))
    arsip = isi_zip(rencana)
    diterima, kembali = berkas_dari(arsip)
    folder, nama = diterima.rsplit("/", 1)
    assert nama == "I.1.1_Rapat_TW II 2025.pdf"
    assert kembali == f"{folder}/Belum diterima/I.1.2_Notulen_TW II 2025.pdf"
    assert kembali in [baris[11] for baris in rows_of(arsip)]
    arsip.extractall(tmp_path)
    subprocess.run(["sha256sum", "-c", "--strict", "manifest.sha256"], cwd=tmp_path, check=True)


def test_the_folder_of_what_was_sent_back_is_counted_in_the_length(
    rencana: RencanaAksi, anggota: User
) -> None:
    panjang = "penanganan benturan kepentingan " * 5
    send_back(kirim(slot_baru(rencana), anggota, *(bukti(rencana, anggota, panjang + n) for n in "ab")))
    names = berkas_dari(isi_zip(rencana))
    assert (len(names), max(map(len, names)) <= 160) == (2, True)


def test_the_index_goes_by_area_and_komponen(rencana: RencanaAksi, anggota: User) -> None:
    for area in (2, 1, 2):
        kirim(slot_baru(rencana, area=area), anggota, bukti(rencana, anggota, f"Laporan {area}"))
    halaman = lxml.html.fromstring(isi_zip(rencana).read("Indeks.html").decode())
    sel = halaman.xpath("//table[@class='ada']/tbody/tr/*[1]")
    assert [s.text_content() for s in sel] == [
        "Area I · 1. Komponen 1",
        "I.1.1",
        "Area II · 1. Komponen 2",
        "II.1.1",
        "II.1.2",
    ]


def test_an_area_and_a_quarter_can_be_taken_alone(rencana: RencanaAksi, anggota: User) -> None:
    for area, hari in ((1, dt.date(2025, 6, 30)), (2, dt.date(2025, 6, 30)), (1, dt.date(2025, 9, 30))):
        kirim(
            slot_baru(rencana, area=area, jatuh_tempo=hari), anggota, bukti(rencana, anggota, f"{area}{hari}")
        )
    assert len(berkas_dari(isi_zip(rencana, Saringan(area=1)))) == 2
    assert len(berkas_dari(isi_zip(rencana, Saringan(triwulan=Triwulan(2025, 2))))) == 2
    assert len(berkas_dari(isi_zip(rencana, Saringan(1, Triwulan(2025, 2))))) == 1


def test_the_newest_round_sent_is_what_goes_in(rencana: RencanaAksi, anggota: User) -> None:
    slot, tpi = slot_baru(rencana), make_member(rencana.satker, Peran.TPI)
    make_review(kirim(slot, anggota, bukti(rencana, anggota, "Lama")), tpi, at=JUNI, keputusan="perbaikan")
    draft = open_draft(slot=slot, by=anggota)
    put_in_draft(submission=draft, evidence=[bukti(rencana, anggota, "Baru")], by=anggota)
    assert "Lama" in berkas_dari(isi_zip(rencana))[0]
    send(submission=draft, by=anggota, pesan="Sudah.")
    assert "Baru" in berkas_dari(isi_zip(rencana))[0]


def rahasia(rencana: RencanaAksi, anggota: User, judul: str = "Laporan Zpelapor") -> Evidence:
    """Sent, and sent back with a note."""
    piece = bukti(rencana, anggota, judul, rahasia=True)
    tpi = make_member(rencana.satker, Peran.TPI)
    make_review(kirim(slot_baru(rencana), anggota, piece), tpi, at=JUNI, keputusan="perbaikan")
    return piece


def unduh(client: Client, rencana: RencanaAksi, **pilihan: str) -> zipfile.ZipFile:
    response = client.get(reverse("paket_unduh", args=[rencana.satker.kode, rencana.tahun]), pilihan)
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_rahasia_stays_out_until_it_is_asked_for(rencana: RencanaAksi, anggota: User, client: Client) -> None:
    rahasia(rencana, anggota)
    client.force_login(make_member(rencana.satker, Peran.TPI))
    arsip = unduh(client, rencana)
    semua = arsip.read("Indeks.html").decode()
    assert berkas_dari(arsip) == []
    assert "Bukti rahasia: tidak disertakan dalam paket ini" in semua
    assert "Zpelapor" not in semua
    assert "Lengkapi halaman 2." not in semua
    assert not PembukaanRahasia.objects.exists()


def test_rahasia_that_is_asked_for_goes_in_is_marked_and_logged(
    rencana: RencanaAksi, anggota: User, client: Client
) -> None:
    rahasia(rencana, anggota)
    client.force_login(make_member(rencana.satker, Peran.TPI))
    arsip = unduh(client, rencana, rahasia="ya")
    semua = arsip.read("Indeks.html").decode()
    assert "Zpelapor" in berkas_dari(arsip)[0]
    assert "Memuat 1 bukti rahasia" in semua
    assert 'class="rahasia">Rahasia<' in semua
    assert rows_of(arsip)[0][4] == "Rahasia"
    assert PembukaanRahasia.objects.get().cara == "paket"


def test_who_may_not_see_rahasia_is_offered_none_and_asks_in_vain(
    rencana: RencanaAksi, anggota: User, client: Client
) -> None:
    rahasia(rencana, anggota)
    alamat = reverse("paket", args=[rencana.satker.kode, rencana.tahun])
    for peran, ada in ((Peran.TPI, True), (Peran.SEKRETARIS, True), (Peran.PIMPINAN, False)):
        client.force_login(make_member(rencana.satker, peran))
        assert ("Sertakan 1 bukti rahasia" in client.get(alamat).content.decode()) is ada
    arsip = unduh(client, rencana, rahasia="ya")
    assert berkas_dari(arsip) == []
    assert "tidak disertakan untuk peran Anda" in arsip.read("Indeks.html").decode()
    assert "Zpelapor" not in arsip.read("Indeks.html").decode()


def test_a_package_with_rahasia_is_told_by_its_name(rencana: RencanaAksi, anggota: User) -> None:
    rahasia(rencana, anggota)
    biasa, lengkap = (build_paket(rencana, Saringan(rahasia=ya), HARI).nama for ya in (False, True))
    assert lengkap == biasa.replace(".zip", " dengan bukti rahasia.zip")


def test_the_page_tells_size_and_what_is_missing(rencana: RencanaAksi, anggota: User, client: Client) -> None:
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota))
    slot_baru(rencana, area=2)
    client.force_login(anggota)
    halaman = client.get(reverse("paket", args=[rencana.satker.kode, rencana.tahun])).content.decode()
    assert "1 bukti fisik" in halaman
    assert "Unduh paket" in halaman


def test_the_page_asks_the_rows_and_opens_no_file(
    rencana: RencanaAksi, anggota: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be opened is found, and named, when it is packed."""
    asal = make_tautan(rencana.satker, anggota, tanggal=JUNI.date(), at=JUNI)
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota), asal)
    attach_copy(tautan=asal, upload=berkas.unggahan(berkas.pdf()), by=anggota, at=JUNI)
    ditanya: list[str] = []

    def terputus(_: object, nama: str, *__: object) -> None:
        ditanya.append(nama)
        raise OSError

    for cara in ("chunks", "size", "exists", "open"):
        monkeypatch.setattr(vault.LokalStorage, cara, terputus)
    client.force_login(anggota)
    halaman = client.get(reverse("paket", args=[rencana.satker.kode, rencana.tahun])).content.decode()
    assert ditanya == []
    assert "<dt>Berkas</dt><dd>2 (" in halaman
    assert "yang ternyata hilang atau tidak terbaca disebut di indeks" in halaman
    arsip = unduh(client, rencana)
    assert (berkas_dari(arsip), len(ditanya)) == ([], 2)
    assert "Penyimpanan kantor sedang tidak dapat dipakai" in arsip.read("Indeks.html").decode()


def test_the_page_counts_what_rows_hold_back(rencana: RencanaAksi, anggota: User, client: Client) -> None:
    piece = bukti(rencana, anggota)
    kirim(slot_baru(rencana), anggota, piece)
    BerkasTersimpan.objects.filter(pk=piece.simpanan_id).update(
        pindai=Pindai.DIBLOKIR, ancaman="Uji", dipindai_pada=JUNI
    )
    client.force_login(anggota)
    halaman = client.get(reverse("paket", args=[rencana.satker.kode, rencana.tahun])).content.decode()
    assert "<dt>Tidak disertakan</dt><dd>1," in halaman


def test_a_choice_without_tenggat_says_so_and_offers_nothing(
    rencana: RencanaAksi, anggota: User, client: Client
) -> None:
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota))
    client.force_login(anggota)
    for nama, status in (("paket", 200), ("paket_unduh", 404)):
        alamat = reverse(nama, args=[rencana.satker.kode, rencana.tahun])
        response = client.get(alamat, {"area": "4", "triwulan": "IV"})
        html = response.content.decode()
        assert response.status_code == status
        assert "Tidak ada tenggat pada pilihan ini." in html
        assert "Unduh paket" not in html
        assert "sudah dikirim" not in html


def test_the_index_tells_why_a_date_outside_the_period_serves(rencana: RencanaAksi, anggota: User) -> None:
    tenggat = make_tenggat(make_indikator(rencana), mulai=dt.date(2025, 6, 21))
    draft = open_draft(slot=slots_of(tenggat)[0], by=anggota, at=JUNI)
    put_in_draft(submission=draft, evidence=[bukti(rencana, anggota)], by=anggota)
    explain_dates(submission=draft, by=anggota, alasan={JUNI.date(): "Rapatnya dimajukan."}, at=JUNI)
    send(submission=draft, by=anggota, at=JUNI)
    arsip = isi_zip(rencana)
    kata = "Dokumen bertanggal 20 Juni 2025, tenggat ini untuk 21 Juni 2025 sampai 30 Juni 2025. Rapatnya dimajukan."
    assert kata in arsip.read("Indeks.html").decode()
    (baris,) = rows_of(arsip)
    assert baris[-1] == kata


def test_the_copy_of_a_link_goes_in_and_is_named(rencana: RencanaAksi, anggota: User, tmp_path: Path) -> None:
    asal = receive_link(
        satker=rencana.satker,
        tautan="https://contoh.go.id/laporan",
        judul="Halaman laporan",
        tanggal_dokumen=JUNI.date(),
        by=anggota,
        at=JUNI,
    )
    kirim(slot_baru(rencana), anggota, asal)
    assert berkas_dari(isi_zip(rencana)) == []
    isi = berkas.pdf()
    attach_copy(tautan=asal, upload=berkas.unggahan(isi), by=anggota, at=JUNI)
    arsip = isi_zip(rencana)
    (nama,) = berkas_dari(arsip)
    assert nama.endswith("_Salinan PDF- Halaman laporan_TW II 2025.pdf")
    assert arsip.read(nama) == isi
    (baris,) = rows_of(arsip)
    keterangan = "Salinan PDF tautan https://contoh.go.id/laporan, diterima 20 Juni 2025"
    assert (baris[11], baris[13]) == (nama, keterangan)
    assert 'href="https://contoh.go.id/laporan"' in arsip.read("Indeks.html").decode()
    arsip.extractall(tmp_path)
    subprocess.run(["sha256sum", "-c", "--strict", "manifest.sha256"], cwd=tmp_path, check=True)


def test_a_copy_that_is_gone_is_named_and_the_link_stays(rencana: RencanaAksi, anggota: User) -> None:
    asal = make_tautan(rencana.satker, anggota, tanggal=JUNI.date(), at=JUNI)
    kirim(slot_baru(rencana), anggota, asal)
    salinan = attach_copy(tautan=asal, upload=berkas.unggahan(berkas.pdf()), by=anggota, at=JUNI)
    vault.remove(salinan.simpanan.nama)
    (baris,) = rows_of(isi_zip(rencana))
    assert baris[11] == asal.tautan
    assert baris[13] == "Salinan PDF tidak disertakan: Berkas tidak ditemukan di penyimpanan"


def test_the_copy_of_what_is_rahasia_stays_out_with_it(rencana: RencanaAksi, anggota: User) -> None:
    asal = make_tautan(rencana.satker, anggota, tanggal=JUNI.date(), at=JUNI, rahasia=True)
    kirim(slot_baru(rencana), anggota, asal)
    attach_copy(tautan=asal, upload=berkas.unggahan(berkas.pdf()), by=anggota, at=JUNI)
    pimpinan = make_member(rencana.satker, Peran.PIMPINAN)
    arsip = isi_zip(rencana, user=pimpinan)
    assert berkas_dari(arsip) == []
    assert "contoh.go.id" not in arsip.read("Indeks.html").decode()


def rows_of(arsip: zipfile.ZipFile) -> list[tuple[object, ...]]:
    """Of the index's workbook, those that name a piece."""
    lembar = load_workbook(io.BytesIO(arsip.read("Indeks.xlsx")))["Indeks"]
    semua = list(lembar.iter_rows(values_only=True))
    kepala = next(n for n, baris in enumerate(semua) if baris[0] == "Kode")
    return semua[kepala + 1 :]


def test_the_page_asks_the_same_with_one_slot_and_with_many(
    rencana: RencanaAksi, anggota: User, client: Client, django_assert_num_queries: object
) -> None:
    client.force_login(anggota)
    alamat = reverse("paket", args=[rencana.satker.kode, rencana.tahun])
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota, "A"))
    client.get(alamat)
    with django_assert_num_queries(13):
        client.get(alamat)
    for nama in "BCD":
        kirim(slot_baru(rencana), anggota, bukti(rencana, anggota, nama))
    with django_assert_num_queries(13):
        client.get(alamat)


def test_the_command_writes_the_same_whole_or_not_at_all(
    rencana: RencanaAksi, anggota: User, tmp_path: Path
) -> None:
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota))
    keluar = tmp_path / "keluar" / "paket.zip"
    keluar.parent.mkdir()
    call_command(
        "build_package", satker=rencana.satker.kode, tahun=rencana.tahun, out=keluar, stdout=io.StringIO()
    )
    with zipfile.ZipFile(keluar) as arsip:
        assert len(berkas_dari(arsip)) == 1
    assert [p.name for p in keluar.parent.iterdir()] == ["paket.zip"]


@pytest.fixture
def berubah(rencana: RencanaAksi, anggota: User) -> Evidence:
    """Of as many bytes as before, and others."""
    piece = bukti(rencana, anggota)
    kirim(slot_baru(rencana), anggota, bukti(rencana, anggota, "Utuh"), piece)
    path = Path(settings.MEDIA_ROOT) / piece.simpanan.nama
    isi = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(isi.replace(b"Laporan", b"laporan"))
    return piece


def test_a_file_that_changed_is_named_and_no_package_is_written(
    rencana: RencanaAksi, berubah: Evidence, tmp_path: Path
) -> None:
    with pytest.raises(CommandError) as galat:
        call_command("build_package", satker=rencana.satker.kode, tahun=rencana.tahun, out=tmp_path / "a.zip")
    kata = str(galat.value)
    assert kata.startswith(f"Berkas bukti nomor {berubah.nomor} di penyimpanan hilang atau isinya berubah")
    assert "_Laporan_TW II 2025.pdf. Paket tidak ditulis." in kata
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_changed_breaks_the_download_off(
    rencana: RencanaAksi, anggota: User, berubah: Evidence, client: Client
) -> None:
    """Short of the length that was told, so that a browser calls it broken."""
    client.force_login(anggota)
    response = client.get(reverse("paket_unduh", args=[rencana.satker.kode, rencana.tahun]))
    sampai: list[bytes] = []
    with pytest.raises(BerubahError, match=f"bukti nomor {berubah.nomor} "):
        sampai.extend(response.streaming_content)
    assert sum(map(len, sampai)) < int(response["Content-Length"])


@pytest.mark.parametrize("isi", [None, b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(90)])
def test_a_file_that_goes_or_changes_its_size_while_it_is_packed_stops_the_package(
    rencana: RencanaAksi, anggota: User, isi: bytes | None
) -> None:
    piece = bukti(rencana, anggota)
    kirim(slot_baru(rencana), anggota, piece)
    stream = package_stream(build_paket(rencana, SELURUHNYA, HARI))
    path = Path(settings.MEDIA_ROOT) / piece.simpanan.nama
    path.unlink()
    if isi:
        path.write_bytes(isi)
    with pytest.raises((BerubahError, RuntimeError)):
        list(stream)


def test_the_command_packs_rahasia_only_when_told(
    rencana: RencanaAksi, anggota: User, tmp_path: Path
) -> None:
    rahasia(rencana, anggota)
    for ya in (False, True):
        isian = {"satker": rencana.satker.kode, "tahun": rencana.tahun, "out": tmp_path / "a.zip"}
        call_command("build_package", **isian, rahasia=ya, stdout=io.StringIO())
        with zipfile.ZipFile(tmp_path / "a.zip") as arsip:
            assert len(berkas_dari(arsip)) == ya


def test_the_command_says_what_is_wrong(rencana: RencanaAksi, tmp_path: Path) -> None:
    for salah, kata in (
        ({"triwulan": "V"}, "Triwulan “V”"),
        ({"out": tmp_path / "a.rar"}, ".zip"),
        ({"triwulan": "IV"}, "Tidak ada tenggat"),
    ):
        isian = {"satker": rencana.satker.kode, "tahun": rencana.tahun, "out": tmp_path / "a.zip", **salah}
        with pytest.raises(CommandError, match=kata):
            call_command("build_package", **isian)
