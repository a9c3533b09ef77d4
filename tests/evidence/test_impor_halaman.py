"""The pages of Bawa Drive Anda, with and without its script."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Peran, User
from evidence import impor as alur
from evidence import impor_simpan
from evidence.content import PDF
from evidence.models import BerkasTersimpan, Evidence, Impor, Submission
from tests.evidence.berkas import gambar, pdf
from tests.evidence.drive import kemas, terkunci, unggahan
from tests.evidence.test_impor import NOTULEN, SK, TANPA_TANGGAL, baris, bawa, ketua, masukkan, pilih, rencana
from tests.factories import make_member, make_rencana, make_review, make_satker, make_sent, make_slot, wib

__all__ = ["ketua", "rencana"]  # fixtures
pytestmark = pytest.mark.django_db

MULAI = "/1503/2025/impor/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def klien(ketua: User) -> Client:
    client = Client()
    client.force_login(ketua)
    return client


@pytest.fixture
def isi() -> dict[str, bytes]:
    return {SK: pdf(tanda="sk"), NOTULEN: pdf(tanda="notulen"), TANPA_TANGGAL: gambar()}


def teks(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())  # type: ignore[attr-defined]


def isian(batch: Impor, **ganti: object) -> dict[str, object]:
    """What a browser sends of the page as it stands."""
    data: dict[str, object] = {"baris": [], **ganti}
    for b in batch.baris.filter(masalah=""):
        data["baris"].append(b.pk)  # type: ignore[attr-defined]
        satu = {
            "putusan": "ambil",
            "slot": b.slot_id or "",
            "tanggal": b.tanggal_dokumen or "",
            "judul": b.judul,
        }
        data |= {f"b{b.pk}-{nama}": nilai for nama, nilai in satu.items() if f"b{b.pk}-{nama}" not in data}
    return data


# --- The main way, without a script ---


def test_from_the_zip_to_the_drafts(klien, rencana, isi) -> None:
    jawaban = klien.post(MULAI, {"zip": unggahan(kemas(isi))})
    batch = Impor.objects.get()
    assert jawaban.url == reverse("impor_batch", args=[batch.pk])
    assert "0 dari 3 berkas dibaca" in teks(klien.get(jawaban.url))
    while Impor.objects.get().dibaca_pada is None:
        assert klien.post(reverse("impor_langkah", args=[batch.pk])).status_code == 302
    assert "2 akan diambil, 1 belum diputuskan" in teks(klien.get(jawaban.url)).replace(" ,", ",")
    data = isian(batch, aksi="konfirmasi")
    data[f"b{baris(batch, TANPA_TANGGAL).pk}-tanggal"] = "2025-06-02"
    assert klien.post(jawaban.url, data).status_code == 302
    assert "0 dari 3 berkas tersimpan" in teks(klien.get(jawaban.url))
    while Impor.objects.get().dikonfirmasi_pada is None:
        klien.post(reverse("impor_langkah", args=[batch.pk]))
    akhir = klien.get(jawaban.url)
    assert "3 berkas masuk ke draf" in teks(akhir)
    assert Submission.objects.drafts().count() == 3
    for b in batch.baris.all():
        assert reverse("unggah", args=[b.slot_id]) in akhir.content.decode()
        assert reverse("bukti", args=[b.evidence_id]) in akhir.content.decode()


def test_a_line_that_lacks_only_its_date_says_that_it_does_not_count_yet(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    halaman = teks(klien.get(reverse("impor_batch", args=[batch.pk])))
    assert halaman.count("Tinggal tanggalnya.") == 1


def test_of_an_erased_file_the_folder_is_not_told(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    alamat = reverse("impor_batch", args=[batch.pk])
    satu = baris(batch, SK)
    assert satu.jalur in teks(klien.get(alamat))
    BerkasTersimpan.objects.filter(sha256=satu.sha256).update(dihapus_pada=wib(2025, 6, 3))
    assert satu.jalur not in teks(klien.get(alamat))


def test_the_page_says_what_was_left_out(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, {**isi, "Thumbs.db": b"x", "AREA I/I.1.1 jahat.pdf": b"MZ"})
    pilih(batch, ketua, SK, putusan="lewati")
    masukkan(batch, ketua)
    halaman = teks(klien.get(reverse("impor_batch", args=[batch.pk])))
    assert "2 berkas tidak diambil" in halaman
    assert "program tidak diterima" in halaman
    assert "dilewati" in halaman
    assert "1 berkas sistem tidak dibaca" in halaman


def test_without_a_plan_there_is_no_page(klien) -> None:
    assert klien.get("/1503/2031/impor/").status_code == 404


def test_nothing_brought_yet_says_what_to_do(klien) -> None:
    assert "Belum ada. Unggah ZIP pertama Anda" in teks(klien.get(MULAI))


def test_the_choice_of_slots_leads_here(klien, rencana) -> None:
    assert MULAI in klien.get("/1503/2025/unggah/").content.decode()


# --- Bad uploads ---


@pytest.mark.parametrize(
    ("data", "kata"),
    [
        ({}, "Pilih ZIP dari folder Anda dahulu"),
        ({"zip": unggahan(b"bukan zip")}, "bukan ZIP"),
        ({"zip": unggahan(kemas({}))}, "Tidak ada berkas"),
        ({"zip": unggahan(terkunci({"a.pdf": b"x"}))}, "dikunci kata sandi"),
        ({"zip": unggahan(kemas({"../a.pdf": b"x"}))}, "menunjuk ke luar"),
    ],
)
def test_a_bad_zip_leaves_nothing(klien, data, kata) -> None:
    jawaban = klien.post(MULAI, data)
    assert (jawaban.status_code, kata in teks(jawaban)) == (422, True)
    assert not Impor.objects.exists()
    assert not alur.root().is_dir() or not list(alur.root().iterdir())


def test_a_zip_may_be_larger_than_one_file(klien, rencana, settings: Settings, isi) -> None:
    settings.BUKTI_MAKS_MB, settings.BUKTI_MAKS_KIRIM_MB = 1, 4
    besar = {**isi, "AREA I/I.1.1 besar.pdf": b"%PDF-" + b"x" * 1_500_000}
    assert klien.post(MULAI, {"zip": unggahan(kemas(besar))}).status_code == 302


def test_a_zip_that_is_too_large_is_told_so(klien, rencana, settings: Settings) -> None:
    settings.BUKTI_MAKS_KIRIM_MB = 1
    besar = unggahan(kemas({"a.pdf": b"x" * 1_200_000}))
    assert "lebih besar dari 1 MB" in teks(klien.post(MULAI, {"zip": besar}))


# --- Steps with the script ---


def test_a_step_tells_how_far_it_is_and_asks_for_the_next(klien, rencana, ketua, isi, monkeypatch) -> None:
    monkeypatch.setattr(alur, "SEKALI_DETIK", 0)
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    monkeypatch.setattr("evidence.views.impor.read_some", lambda b: alur.read_some(b, detik=0))
    langkah = reverse("impor_langkah", args=[batch.pk])
    satu = klien.post(langkah, headers=HTMX)
    assert teks(satu).startswith("1 dari 3 berkas dibaca")
    assert f'hx-post="{langkah}"' in satu.content.decode()
    assert 'hx-swap-oob="innerHTML"' in satu.content.decode()
    klien.post(langkah, headers=HTMX)
    akhir = klien.post(langkah, headers=HTMX)
    assert akhir["HX-Redirect"] == reverse("impor_batch", args=[batch.pk])


def test_another_tab_is_told_and_waits(klien, rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    with alur.locked(batch):
        jawaban = klien.post(reverse("impor_langkah", args=[batch.pk]), headers=HTMX)
    assert "Sedang dikerjakan di tab lain" in teks(jawaban)
    assert 'hx-trigger="load delay:2s"' in jawaban.content.decode()


def test_a_step_that_fails_stops_asking(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    hilang = baris(batch, SK)
    impor_simpan.begin_keeping(batch, ketua)
    (alur.folder_of(batch.kunci) / str(hilang.urutan)).unlink()
    jawaban = klien.post(reverse("impor_langkah", args=[batch.pk]), headers=HTMX)
    assert jawaban["HX-Redirect"].endswith("?jeda=1")
    assert "tidak ada lagi di server" in teks(klien.get(jawaban["HX-Redirect"]))
    assert not Evidence.objects.exists()


def test_a_paused_page_does_not_ask_by_itself(klien, rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    halaman = klien.get(reverse("impor_batch", args=[batch.pk]), {"jeda": 1}).content.decode()
    assert "hx-trigger" not in halaman
    assert "Lanjutkan" in halaman


def test_a_folder_read_by_the_command_says_how_to_go_on(klien, rencana, ketua, isi) -> None:
    batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(kemas(isi)))
    (alur.folder_of(batch.kunci) / alur.SUMBER).unlink()
    klien.post(reverse("impor_langkah", args=[batch.pk]))
    assert f"--lanjut {batch.pk}" in teks(klien.get(reverse("impor_batch", args=[batch.pk]), {"jeda": 1}))


# --- Choices ---


def test_what_is_wrong_stands_at_its_line_and_the_rest_is_kept(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    jawaban = klien.post(reverse("impor_batch", args=[batch.pk]), isian(batch, aksi="konfirmasi"))
    salah = baris(batch, TANPA_TANGGAL)
    assert jawaban.status_code == 422
    assert f'id="galat-{salah.pk}"' in jawaban.content.decode()
    assert "Isi tanggal dokumen" in teks(jawaban)
    assert baris(batch, SK).putusan == "ambil"
    assert Impor.objects.get().menyimpan_pada is None


def test_what_nobody_looked_at_is_left_behind_knowingly(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    data = isian(batch, aksi="konfirmasi")
    data[f"b{baris(batch, TANPA_TANGGAL).pk}-putusan"] = "belum"
    alamat = reverse("impor_batch", args=[batch.pk])
    jawaban = klien.post(alamat, data)
    assert (jawaban.status_code, "Masih ada 1 berkas yang belum diputuskan" in teks(jawaban)) == (422, True)
    assert 'href="#tinggalkan"' in jawaban.content.decode()
    assert Impor.objects.get().menyimpan_pada is None
    klien.post(alamat, {**data, "tinggalkan": "on"})
    assert Impor.objects.get().menyimpan_oleh == ketua


def test_what_only_lacks_its_date_is_left_behind_too(klien, rencana, ketua, isi) -> None:
    """As a browser sends it: Ambil stands there beforehand, the date is empty."""
    batch = bawa(rencana, ketua, isi)
    data = isian(batch, aksi="konfirmasi", tinggalkan="on")
    klien.post(reverse("impor_batch", args=[batch.pk]), data)
    assert Impor.objects.get().menyimpan_oleh == ketua
    assert baris(batch, TANPA_TANGGAL).putusan == "belum"


def undecide(batch: Impor, jalur: str) -> None:
    batch.baris.filter(jalur=jalur).update(putusan="belum")


def test_all_that_is_certain_is_taken_with_one_button(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    alamat = reverse("impor_batch", args=[batch.pk])
    assert 'value="pasti"' not in klien.get(alamat).content.decode()
    undecide(batch, SK)
    undecide(batch, NOTULEN)
    assert 'value="pasti"' in klien.get(alamat).content.decode()
    halaman = teks(klien.post(alamat, {"aksi": "pasti"}, follow=True))
    assert "2 berkas yang pasti akan diambil; 1 masih perlu dilihat" in halaman
    assert set(batch.baris.taken().values_list("jalur", flat=True)) == {SK, NOTULEN}


@pytest.mark.parametrize(
    "ganti",
    [
        {"keyakinan": "ragu"},
        {"keraguan": "Menyebut tahun 2024."},
        {"tanggal_dokumen": None},
        {"slot": None},
        {"putusan": "lewati"},
    ],
)
def test_what_leaves_something_to_ask_is_not_taken_so(klien, rencana, ketua, isi, ganti) -> None:
    batch = bawa(rencana, ketua, isi)
    undecide(batch, NOTULEN)
    batch.baris.filter(jalur=SK).update(**{"putusan": "belum", **ganti})
    klien.post(reverse("impor_batch", args=[batch.pk]), {"aksi": "pasti"})
    assert list(batch.baris.taken().values_list("jalur", flat=True)) == [NOTULEN]


def test_a_slot_that_is_sesuai_by_now_is_named_linked_and_not_taken(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    undecide(batch, SK)
    slot = baris(batch, SK).slot
    terkirim = make_sent(slot, ketua, at=wib(2025, 2, 10))
    make_review(terkirim, make_member(rencana.satker, Peran.TPI), at=wib(2025, 2, 11))
    alamat = reverse("impor_batch", args=[batch.pk])
    halaman = klien.get(alamat).content.decode()
    assert f'href="{reverse("slot", args=[slot.pk])}"' in halaman
    assert f"{slot.tenggat.indikator.kode} (sudah Sesuai)" in halaman
    assert "0 berkas yang pasti akan diambil" in teks(klien.post(alamat, {"aksi": "pasti"}, follow=True))
    assert baris(batch, SK).putusan == "belum"


def test_a_date_that_is_none_is_told(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    data = isian(batch, aksi="simpan")
    data[f"b{baris(batch, SK).pk}-tanggal"] = "31-31-2025"
    assert "tidak terbaca" in teks(klien.post(reverse("impor_batch", args=[batch.pk]), data))


def test_another_area_shows_its_list(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    data = isian(batch, aksi="simpan")
    satu = baris(batch, SK)
    data |= {
        f"b{satu.pk}-slot": "area-5",
        f"b{satu.pk}-putusan": "belum",
        f"b{baris(batch, TANPA_TANGGAL).pk}-putusan": "lewati",
    }
    klien.post(reverse("impor_batch", args=[batch.pk]), data)
    halaman = klien.get(reverse("impor_batch", args=[batch.pk]))
    daftar = re.search(rf'name="b{satu.pk}-slot".*?</select>', halaman.content.decode(), re.DOTALL)
    assert daftar
    assert "V.1.1 · Juni · Notulen rapat WBS" in daftar.group()
    assert "SK Tim Kerja" not in daftar.group()


@pytest.mark.parametrize("slot", ["area-9", "1 OR 1=1", "-1", "9" * 30])
def test_a_slot_that_is_no_number_is_told(klien, rencana, ketua, isi, slot) -> None:
    batch = bawa(rencana, ketua, {SK: isi[SK]})
    data = isian(batch, aksi="simpan")
    data[f"b{baris(batch, SK).pk}-slot"] = slot
    assert "Pilih bukti fisik dari daftar" in teks(klien.post(reverse("impor_batch", args=[batch.pk]), data))


def test_another_offices_slot_is_refused(klien, rencana, ketua, isi) -> None:
    asing = make_slot(make_rencana(make_satker("1504")))
    batch = bawa(rencana, ketua, {SK: isi[SK]})
    data = isian(batch, aksi="konfirmasi")
    data[f"b{baris(batch, SK).pk}-slot"] = asing.pk
    assert "tidak ada dalam rencana ini" in teks(klien.post(reverse("impor_batch", args=[batch.pk]), data))
    assert Impor.objects.get().menyimpan_pada is None


def test_lines_of_another_batch_are_not_touched(klien, rencana, ketua, isi) -> None:
    satu, dua = bawa(rencana, ketua, {SK: isi[SK]}), bawa(rencana, ketua, {NOTULEN: isi[NOTULEN]})
    data = isian(dua, aksi="simpan")
    data[f"b{baris(dua, NOTULEN).pk}-putusan"] = "lewati"
    klien.post(reverse("impor_batch", args=[satu.pk]), data)
    assert baris(dua, NOTULEN).putusan == "ambil"


def test_a_colleague_was_quicker(klien, rencana, ketua, isi) -> None:
    rekan = make_member(rencana.satker, Peran.KETUA_TIM)
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, rekan)
    jawaban = klien.post(
        reverse("impor_batch", args=[batch.pk]), isian(batch, aksi="konfirmasi"), follow=True
    )
    assert f"sedang dimasukkan ke draf oleh {rekan.nama}" in teks(jawaban)


def test_a_confirmed_batch_answers_with_its_end(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    masukkan(batch, ketua)
    for alamat in ("impor_batch", "impor_langkah", "impor_batal"):
        jawaban = klien.post(reverse(alamat, args=[batch.pk]), {"aksi": "konfirmasi"}, follow=True)
        assert "3 berkas masuk ke draf" in teks(jawaban)
    assert Evidence.objects.count() == 3


def test_a_cancelled_batch_says_who_and_begins_anew(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    assert klien.post(reverse("impor_batal", args=[batch.pk])).url == MULAI
    halaman = teks(klien.get(reverse("impor_batch", args=[batch.pk])))
    assert f"oleh {ketua.nama}" in halaman
    assert "Mulai lagi" in halaman


def test_back_to_the_choices(klien, rencana, ketua, isi) -> None:
    batch = bawa(rencana, ketua, isi)
    pilih(batch, ketua)
    impor_simpan.begin_keeping(batch, ketua)
    klien.post(reverse("impor_batal", args=[batch.pk]), {"aksi": "berhenti"})
    batch.refresh_from_db()
    assert (batch.menyimpan_pada, batch.dibatalkan_pada) == (None, None)


def test_a_duplicate_is_linked_where_it_may_be_seen(klien, rencana, ketua, isi) -> None:
    awal = bawa(rencana, ketua, {SK: isi[SK]})
    pilih(awal, ketua)
    masukkan(awal, ketua)
    lama = Evidence.objects.get()
    batch = bawa(rencana, ketua, {SK: isi[SK]})
    halaman = klien.get(reverse("impor_batch", args=[batch.pk]), {"lihat": "semua"}).content.decode()
    assert reverse("bukti", args=[lama.pk]) in halaman
    assert "sudah dipakai di sana" in halaman


def test_a_batch_belongs_to_whoever_began_it_and_ketua_tim(rencana, isi) -> None:
    anggota, rekan = make_member(rencana.satker), make_member(rencana.satker)
    batch = bawa(rencana, anggota, isi)
    for orang, status in ((anggota, 200), (rekan, 404), (make_member(rencana.satker, Peran.SEKRETARIS), 404)):
        client = Client()
        client.force_login(orang)
        assert client.get(reverse("impor_batch", args=[batch.pk])).status_code == status


# --- What a page costs ---


@pytest.mark.parametrize("banyak", [1, 25])
def test_the_preview_costs_the_same_for_one_file_and_for_many(
    klien, rencana, ketua, banyak, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch
) -> None:
    monkeypatch.setattr("evidence.intake.recognise", lambda path, nama: PDF)
    batch = bawa(
        rencana,
        ketua,
        {f"AREA I/I.1.1_SK Tim Kerja ({n}).pdf": b"%PDF-" + str(n).encode() for n in range(banyak)},
    )
    klien.get(reverse("impor_batch", args=[batch.pk]), {"lihat": "semua"})
    with django_assert_num_queries(10):
        klien.get(reverse("impor_batch", args=[batch.pk]), {"lihat": "semua"})
