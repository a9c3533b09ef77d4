"""The search index: what is found and not, whatever is typed; the text of files in it, and out of it again."""

import datetime as dt
import io

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DataError, connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Peran, Satker, User
from evidence import bacaan, cari, vault
from evidence.intake import receive_file, receive_link
from evidence.models import BerkasTersimpan, Evidence, IsiTeks
from evidence.penghapusan import agree_to_erasure, ask_erasure
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.factories import make_berkas, make_member, make_satker, make_user, wib

JUNI = wib(2025, 6, 20)
Teks = BerkasTersimpan.Teks


def tautan(kantor: Kantor, judul: str, **isian: object) -> Evidence:
    dasar = {"satker": kantor.satker, "tautan": "https://contoh.go.id/a", "by": kantor.anggota}
    return receive_link(**{**dasar, "tanggal_dokumen": dt.date(2025, 3, 3), "judul": judul, **isian})


def dokumen(kantor: Kantor, isi: str, judul: str = "Berkas", satker: Satker | None = None) -> Evidence:
    kata, keluar = docx.Document(), io.BytesIO()
    kata.add_paragraph(isi)
    kata.save(keluar)
    return receive_file(
        satker=satker or kantor.satker,
        upload=ContentFile(keluar.getvalue(), name="a.docx"),
        judul=judul,
        tanggal_dokumen=JUNI.date(),
        by=kantor.anggota,
    )


def temukan(kata: str, satker: Satker) -> list[str]:
    rows = Evidence.objects.filter(cari.matching(kata, satker), satker=satker)
    return sorted(rows.values_list("judul", flat=True))


# --- Words ---


@pytest.mark.parametrize(
    "kata",
    ["laporan", "LAPORAN wbs", "evaluasi, WBS!", "lap", "laporan eval", "évaluasi", "(wbs)", "  wbs  "],
)
def test_words_stand_anywhere_and_the_last_may_be_a_beginning(kantor: Kantor, kata: str) -> None:
    tautan(kantor, "Laporan evaluasi WBS")
    tautan(kantor, "Notula rapat")
    assert temukan(kata, kantor.satker) == ["Laporan evaluasi WBS"]


@pytest.mark.parametrize("kata", ["lapor wbs", "wb laporan", "aporan", "laporan notula", "laporan xyz"])
def test_every_word_must_stand_and_only_the_last_is_a_beginning(kantor: Kantor, kata: str) -> None:
    tautan(kantor, "Laporan evaluasi WBS")
    tautan(kantor, "Notula rapat")
    assert temukan(kata, kantor.satker) == []


@pytest.mark.parametrize(
    "kata",
    ["laporan_wbs", "laporan_wbs_final.pdf", "final", "3 maret 2025", "2025-03-03", "contoh.go.id", "budi"],
)
def test_file_name_date_link_and_uploader_are_found_too(kantor: Kantor, kata: str) -> None:
    budi = make_member(kantor.satker, user=make_user(nama="Budi Santoso"))
    tautan(kantor, "Cari saya", tautan="https://contoh.go.id/Laporan_WBS_final.pdf", by=budi)
    tautan(kantor, "Bukan", tautan="https://lain.id/b", tanggal_dokumen=dt.date(2025, 4, 1))
    assert temukan(kata, kantor.satker) == ["Cari saya"]


@pytest.mark.parametrize(
    ("kata", "judul"),
    [
        ("whistle blowing system", "Laporan WBS"),
        ("wbs", "Laporan whistle blowing system"),
        ("absensi", "Daftar hadir rapat"),
        ("laporan kinerja", "LKjIP 2024"),
        ("resiko", "Peta risiko"),
        ("data dukung peta resiko", "Peta risiko"),
    ],
)
def test_a_word_that_means_the_same_finds_it(kantor: Kantor, kata: str, judul: str) -> None:
    tautan(kantor, judul)
    tautan(kantor, "Hadir dalam daftar kinerja blowing sistem")
    assert temukan(kata, kantor.satker) == [judul]


@pytest.mark.parametrize(
    "kata",
    [
        '"', "'", '"wbs', "-", "- wbs", "*", "wbs*", "NEAR", "NEAR(a b)", "AND", "OR NOT", "isi:wbs", "^wbs", "a + b",
        "(", "{isi} : x", "\\", "a\\", "'; DROP TABLE evidence_cari; --", "%", "_", ":*", "& | !", "<->", "🦄",
        "日本語",
        "\0", "a\0b", "ß", "x" * 5000, "wbs " * 500, "zisatker1", "½", "ﬁ", "\ud800",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_error(kantor: Kantor, kata: str) -> None:
    tautan(kantor, "Laporan")
    assert temukan(kata, kantor.satker) in ([], ["Laporan"])


def test_no_words_find_nothing(kantor: Kantor) -> None:
    tautan(kantor, "Laporan")
    assert temukan("!!! ??", kantor.satker) == []


def test_another_office_is_not_found(kantor: Kantor) -> None:
    lain = make_satker()
    tautan(kantor, "Laporan", satker=lain)
    assert temukan("laporan", kantor.satker) == []
    assert temukan("laporan", lain) == ["Laporan"]


def test_many_finds_are_found_by_walking(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cari, "BANYAK", 2)
    for nomor in range(4):
        tautan(kantor, f"Laporan {nomor}")
    tautan(kantor, "Notula")
    assert temukan("laporan", kantor.satker) == [f"Laporan {nomor}" for nomor in range(4)]


# --- Text of files ---


def test_the_text_is_found_once_it_was_read(kantor: Kantor) -> None:
    piece = dokumen(kantor, "Rekapitulasi pengaduan masyarakat")
    assert temukan("rekapitulasi", kantor.satker) == []
    call_command("baca_teks", verbosity=0)
    assert temukan("rekapitulasi dumas", kantor.satker) == ["Berkas"]
    assert BerkasTersimpan.objects.get(pk=piece.simpanan_id).teks_keadaan == Teks.ADA


def test_a_small_file_is_read_when_it_is_recorded(
    kantor: Kantor, settings: object, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.BUKTI_BACA_LANGSUNG_MB = 5
    with django_capture_on_commit_callbacks(execute=True):
        dokumen(kantor, "Rekapitulasi")
    assert temukan("rekapitulasi", kantor.satker) == ["Berkas"]


def test_a_reading_that_fails_costs_no_upload(
    kantor: Kantor,
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.BUKTI_BACA_LANGSUNG_MB = 5

    def gagal(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(bacaan, "read", gagal)
    with django_capture_on_commit_callbacks(execute=True):
        dokumen(kantor, "Rekapitulasi")
    assert Evidence.objects.get().simpanan.teks_keadaan == Teks.BELUM


def test_the_same_file_handed_in_again_has_its_text_at_once(kantor: Kantor) -> None:
    piece = dokumen(kantor, "Rekapitulasi")
    call_command("baca_teks", verbosity=0)
    with vault.open_file(piece.simpanan.nama) as file:
        lagi = ContentFile(file.read(), name="b.docx")
    receive_file(
        satker=kantor.satker, upload=lagi, judul="Lagi", tanggal_dokumen=JUNI.date(), by=kantor.anggota
    )
    assert temukan("rekapitulasi", kantor.satker) == ["Berkas", "Lagi"]


def test_a_broken_file_is_marked_and_tried_again_only_when_told(kantor: Kantor, capsys: object) -> None:
    make_berkas(kantor.satker, kantor.anggota, "Rusak", b"bukan pdf", at=JUNI)
    call_command("baca_teks")
    assert BerkasTersimpan.objects.get().teks_keadaan == Teks.GAGAL
    call_command("baca_teks")
    call_command("baca_teks", ulangi=True)
    keluar = capsys.readouterr().out.splitlines()
    assert [baris.split(" berkas")[0] for baris in keluar] == ["1", "0", "1"]


def test_a_file_out_of_reach_waits_and_the_command_says_so(kantor: Kantor) -> None:
    piece = make_berkas(kantor.satker, kantor.anggota, "Hilang", berkas.pdf(), at=JUNI)
    vault.remove(piece.simpanan.nama)
    with pytest.raises(CommandError, match="tidak dapat diambil"):
        call_command("baca_teks", verbosity=0)
    assert BerkasTersimpan.objects.get().teks_keadaan == Teks.BELUM


def test_a_file_at_which_we_fail_is_marked_and_stops_no_other(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sulit, _ = dokumen(kantor, "Sulit", "Sulit"), dokumen(kantor, "Rekapitulasi")
    index_file = cari.index_file

    def gagal(simpanan: BerkasTersimpan) -> None:
        if simpanan == sulit.simpanan:
            raise DataError
        index_file(simpanan)

    monkeypatch.setattr(cari, "index_file", gagal)
    call_command("baca_teks", verbosity=0)
    sulit.simpanan.refresh_from_db()
    assert sulit.simpanan.teks_keadaan == Teks.GAGAL
    assert temukan("rekapitulasi", kantor.satker) == ["Berkas"]


# --- Erasure by law ---


@pytest.fixture
def berdua(kantor: Kantor) -> tuple[User, User]:
    return make_member(kantor.satker, Peran.KETUA_TIM), make_member(kantor.satker, Peran.SEKRETARIS)


def hapus(piece: Evidence, berdua: tuple[User, User]) -> None:
    ask_erasure(evidence=piece, by=berdua[0], dasar="Permintaan pemilik data")
    agree_to_erasure(evidence=piece, by=berdua[1])


def test_erased_text_is_found_no_more_and_lies_nowhere(kantor: Kantor, berdua: tuple[User, User]) -> None:
    piece = dokumen(kantor, "Zrahasiapelapor")
    call_command("baca_teks", verbosity=0)
    assert temukan("zrahasiapelapor", kantor.satker) == ["Berkas"]
    hapus(piece, berdua)
    assert temukan("zrahasiapelapor", kantor.satker) == []
    assert temukan("berkas", kantor.satker) == ["Berkas"]
    assert not IsiTeks.objects.exists()
    assert not di_indeks("zrahasiapelapor")


def di_indeks(kata: str) -> bool:
    """In any table of the index, as its bytes lie there."""
    tabel = ["evidence_cari"]
    if connection.vendor == "sqlite":
        tabel = ["evidence_cari_data", "evidence_cari_content"]
    with connection.cursor() as cursor:
        for nama in tabel:
            cursor.execute(f"SELECT * FROM {nama}")
            if kata in str(cursor.fetchall()):
                return True
    return False


def test_what_is_erased_while_it_is_read_stays_unread(kantor: Kantor, berdua: tuple[User, User]) -> None:
    piece = dokumen(kantor, "Zrahasiapelapor")
    hapus(piece, berdua)
    bacaan.put_down(piece.simpanan, Teks.ADA, "Zrahasiapelapor")
    assert not IsiTeks.objects.exists()
    assert temukan("zrahasiapelapor", kantor.satker) == []


# --- Length ---


@pytest.mark.parametrize("pisah", ["", " "])
def test_letters_that_swell_in_the_index_fit_into_it(kantor: Kantor, pisah: str) -> None:
    """One square sign is up to six letters of three bytes each."""
    tanda = [
        chr(0x3300 + n % 88) + chr(0x3300 + n // 88 % 88) + chr(0x3300 + n // 7744) for n in range(130_000)
    ]
    piece = make_berkas(kantor.satker, kantor.anggota, "Katakana", berkas.pdf(), at=JUNI)
    bacaan.put_down(piece.simpanan, Teks.ADA, f"awalan {pisah.join(tanda)}")
    assert temukan("awalan", kantor.satker) == ["Katakana"]


def test_a_text_longer_than_the_index_holds_is_found_by_its_beginning(kantor: Kantor) -> None:
    panjang = " ".join(["awalan", *(f"k{n:x}" for n in range(200_000))])
    piece = make_berkas(kantor.satker, kantor.anggota, "Panjang", berkas.pdf(), at=JUNI)
    bacaan.put_down(piece.simpanan, Teks.ADA, panjang)
    assert temukan("awalan k3e8", kantor.satker) == ["Panjang"]
