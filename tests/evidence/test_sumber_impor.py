"""What a stranger's ZIP and a stranger's folder are told, and what of them is left alone."""

import os
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from evidence.intake import shown
from evidence.sumber_impor import BerkasFolder, Entri, EntriError, Isi, list_folder, natural, open_zip
from tests.evidence.berkas import ooxml, pdf
from tests.evidence.drive import berbohong, bertautan, kemas, tanpa_nama, tanpa_utf8, terkunci

PDF = b"%PDF-isi"


@pytest.fixture
def zip_dari(tmp_path: Path):
    def tulis(isi: bytes) -> Path:
        path = tmp_path / "drive.zip"
        path.write_bytes(isi)
        return path

    return tulis


def jalur_of(path: Path) -> list[str]:
    with open_zip(path) as isi:
        return [e.jalur for e in isi.entri]


def dilewati_of(path: Path) -> list[str]:
    with open_zip(path) as isi:
        return isi.dilewati


BURUK = {
    "bukan ZIP": (b"%PDF-1.4 bukan zip", "bukan ZIP"),
    "kosong sama sekali": (b"", "bukan ZIP"),
    "terpotong": (kemas({"a.pdf": PDF * 100})[:-30], "bukan ZIP"),
    "daftar isi rusak": (kemas({"a.pdf": PDF}).replace(b"PK\x01\x02", b"PK\x01\x09"), "bukan ZIP"),
    "tanpa berkas": (kemas({}), "Tidak ada berkas"),
    "hanya berkas sistem": (kemas({"Thumbs.db": b"x", "__MACOSX/._a.pdf": b"x"}), "Tidak ada berkas"),
    "terkunci": (terkunci({"a.pdf": PDF}), "dikunci kata sandi"),
    "ke atas": (kemas({"../a.pdf": PDF}), "menunjuk ke luar"),
    "ke atas di tengah": (kemas({"AREA I/../../a.pdf": PDF}), "menunjuk ke luar"),
    "dari akar": (kemas({"/etc/a.pdf": PDF}), "menunjuk ke luar"),
    "dari akar dengan garis balik": (kemas({"\\\\server\\a.pdf": PDF}), "menunjuk ke luar"),
    "ke atas dengan garis balik": (kemas({"..\\a.pdf": PDF}), "menunjuk ke luar"),
    "huruf cakram": (kemas({"C:\\a.pdf": PDF}), "menunjuk ke luar"),
    "dokumen Word": (ooxml(), "satu dokumen Word"),
    "dokumen ODF": (kemas({"mimetype": b"x", "content.xml": b"x"}), "satu dokumen Word"),
    "nama titik": (kemas({".": PDF}), "tidak bernama"),
    "nama kosong": (tanpa_nama(PDF), "tidak bernama"),
    "mampat asing": (kemas({"a.pdf": PDF}, zipfile.ZIP_BZIP2), "cara yang tidak dikenal"),
    "nama sangat panjang": (kemas({f"{'a' * 950}.pdf": PDF}), "terlalu panjang"),
    "sangat dalam": (kemas({f"{'a/' * 25}a.pdf": PDF}), "terlalu dalam"),
}


@pytest.mark.parametrize("nama", BURUK)
def test_a_zip_that_is_refused_is_told_why(nama: str, zip_dari) -> None:
    isi, kata = BURUK[nama]
    with pytest.raises(ValidationError, match=kata), open_zip(zip_dari(isi)):
        pytest.fail("dibaca")


def test_too_many_files(zip_dari, settings: Settings) -> None:
    settings.BUKTI_MAKS_IMPOR_BERKAS = 2
    with (
        pytest.raises(ValidationError, match="lebih dari 2 berkas"),
        open_zip(zip_dari(kemas({f"{n}.pdf": PDF for n in range(3)}))),
    ):
        pytest.fail("dibaca")


def test_too_many_files_are_not_even_listed(
    zip_dari, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BUKTI_MAKS_IMPOR_BERKAS = 2
    path = zip_dari(kemas({f"{n}.pdf": PDF for n in range(20)}))
    monkeypatch.setattr(zipfile, "ZipFile", None)  # would be opened to list them
    with pytest.raises(ValidationError, match="lebih dari 2 berkas"), open_zip(path):
        pytest.fail("dibaca")


def test_a_zip64_that_points_into_nothing(zip_dari) -> None:
    isi = bytearray(kemas({"a.pdf": PDF}))
    di = isi.rfind(b"PK\x05\x06")
    isi[di + 10 : di + 12] = b"\xff\xff"
    with pytest.raises(ValidationError, match="bukan ZIP"), open_zip(zip_dari(bytes(isi))):
        pytest.fail("dibaca")


def test_a_zip64_that_counts_too_many(zip_dari, settings: Settings) -> None:
    isi = kemas({"a.pdf": PDF})
    di = isi.rfind(b"PK\x05\x06")
    catatan = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**9, 10**9, 10**12, 0)
    penunjuk = struct.pack("<4sLQL", b"PK\x06\x07", 0, di, 1)
    ekor = bytearray(isi[di:])
    ekor[8:12] = b"\xff" * 4
    with (
        pytest.raises(ValidationError, match="lebih dari"),
        open_zip(zip_dari(isi[:di] + catatan + penunjuk + bytes(ekor))),
    ):
        pytest.fail("dibaca")


def test_a_zip64_with_few_files_is_read(zip_dari, tmp_path: Path) -> None:
    path = tmp_path / "besar.zip"
    with (
        zipfile.ZipFile(path, "w", allowZip64=True) as arsip,
        arsip.open("a.pdf", "w", force_zip64=True) as keluar,
    ):
        keluar.write(PDF)
    assert jalur_of(path) == ["a.pdf"]


def test_too_much_unpacked(zip_dari, settings: Settings) -> None:
    settings.BUKTI_MAKS_IMPOR_MB = 1
    with (
        pytest.raises(ValidationError, match="lebih dari 1 MB"),
        open_zip(zip_dari(kemas({"a.pdf": b"x" * 600_000, "b.pdf": b"y" * 600_000}))),
    ):
        pytest.fail("dibaca")


def test_what_is_too_large_by_itself_is_not_unpacked_and_does_not_count(zip_dari, settings: Settings) -> None:
    """Its own line says so when it is read, and the others are read."""
    settings.BUKTI_MAKS_IMPOR_MB, settings.BUKTI_MAKS_MB = 2, 1
    bom = kemas({"bom.pdf": b"\0" * 3_000_000, "b.pdf": PDF}, zipfile.ZIP_DEFLATED)
    assert jalur_of(zip_dari(bom)) == ["b.pdf", "bom.pdf"]


def test_the_slashes_of_windows_are_folders(zip_dari) -> None:
    assert jalur_of(zip_dari(kemas({"AREA I\\i. Tim\\a.pdf": PDF}))) == ["AREA I/i. Tim/a.pdf"]


def test_a_folder_as_windows_writes_it_is_no_file(zip_dari) -> None:
    assert jalur_of(zip_dari(kemas({"AREA I\\": b"", "AREA I\\a.pdf": PDF}))) == ["AREA I/a.pdf"]


def test_a_name_in_utf8_that_does_not_say_so(zip_dari) -> None:
    assert jalur_of(zip_dari(tanpa_utf8("Évaluasi – WBS.pdf", PDF))) == ["Évaluasi – WBS.pdf"]


def test_a_name_of_old_windows(zip_dari) -> None:
    bita = kemas({"Ataaa.pdf": PDF}).replace(b"Ataaa", b"At\x82ab")
    assert jalur_of(zip_dari(bita)) == ["Atéab.pdf"]


def test_hidden_characters_are_told_and_not_obeyed(zip_dari) -> None:
    assert jalur_of(zip_dari(kemas({"a\u202efdp.exe": PDF}))) == ["a\ufffdfdp.exe"]


def test_two_names_that_look_alike_stay_two(zip_dari) -> None:
    assert jalur_of(zip_dari(kemas({"a\u202e.pdf": PDF, "a\u202d.pdf": b"lain"}))) == [
        "a\ufffd.pdf",
        "a\ufffd.pdf (2)",
    ]


def test_what_computers_leave_is_skipped_and_told(zip_dari) -> None:
    sampah = [
        "__MACOSX/a/._x.pdf",
        ".DS_Store",
        "a/Thumbs.db",
        "a/desktop.ini",
        "a/~$surat.docx",
        ".git/config",
    ]
    path = zip_dari(kemas({"a/x.pdf": PDF, **dict.fromkeys(sampah, b"x")}))
    assert jalur_of(path) == ["a/x.pdf"]
    assert sorted(dilewati_of(path)) == sorted(sampah)


def test_the_index_of_our_own_package_is_no_evidence(zip_dari) -> None:
    indeks = ["Indeks.html", "Indeks.xlsx", "indeks.css", "manifest.sha256"]
    path = zip_dari(kemas({"AREA I/x.pdf": PDF, **dict.fromkeys(indeks, b"x")}))
    assert jalur_of(path) == ["AREA I/x.pdf"]


def test_a_file_called_indeks_elsewhere_is_one(zip_dari) -> None:
    assert jalur_of(zip_dari(kemas({"Indeks.xlsx": PDF}))) == ["Indeks.xlsx"]


def test_links_in_a_zip_are_skipped(zip_dari) -> None:
    path = zip_dari(bertautan({"a.pdf": PDF}, "b.pdf", "/etc/passwd"))
    assert (jalur_of(path), dilewati_of(path)) == (["a.pdf"], ["b.pdf"])


def test_the_order_is_that_of_people() -> None:
    assert sorted(["10. x", "2. x", "1. x"], key=natural) == ["1. x", "2. x", "10. x"]


def test_a_folder_is_read_without_following_links(tmp_path: Path) -> None:
    akar = tmp_path / "drive"
    (akar / "AREA I").mkdir(parents=True)
    (akar / "AREA I" / "a.pdf").write_bytes(pdf())
    (akar / "b.pdf").symlink_to("/etc/passwd")
    (akar / "putar").symlink_to(akar)
    os.mkfifo(akar / "pipa.pdf")
    isi: Isi = list_folder(akar)
    assert [e.jalur for e in isi.entri] == ["AREA I/a.pdf"]
    assert isi.dilewati == ["b.pdf", "pipa.pdf", "putar"]


def test_a_file_that_becomes_a_link_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    (entri,) = list_folder(tmp_path).entri
    (tmp_path / "a.pdf").unlink()
    (tmp_path / "a.pdf").symlink_to("/etc/passwd")
    with pytest.raises(EntriError, match="tidak ada"):
        entri.buka()


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="Tidak ada berkas"):
        list_folder(tmp_path)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.pdf"))).write_bytes(pdf())
    assert [e.jalur for e in list_folder(tmp_path).entri] == ["a\ufffd.pdf"]


def test_a_nul_in_a_name_is_told() -> None:
    assert shown("a\0b") == "a\ufffdb"


def test_a_lie_about_the_size_is_found_when_it_is_read(zip_dari) -> None:
    from evidence.impor import copy_entry

    path = zip_dari(berbohong("a.pdf", b"x" * 5000, 10))
    with open_zip(path) as isi, pytest.raises(EntriError):
        copy_entry(isi.entri[0], path.with_name("keluar"))


def test_a_disk_that_fails_while_it_is_read_is_told_at_the_file(tmp_path: Path) -> None:
    """Opened for writing only, so that reading fails."""
    from evidence.impor import copy_entry

    (tmp_path / "a.pdf").write_bytes(PDF)
    entri = Entri("a.pdf", "a.pdf", len(PDF), lambda: BerkasFolder(os.open(tmp_path / "a.pdf", os.O_WRONLY)))
    with pytest.raises(EntriError, match="tidak dapat dibaca dari folder sumbernya"):
        copy_entry(entri, tmp_path / "keluar")


def test_a_file_broken_inside(zip_dari) -> None:
    from evidence.impor import copy_entry

    isi_rusak = kemas({"a.pdf": b"isi yang benar"}).replace(b"isi yang benar", b"isi yang salah", 1)
    path = zip_dari(isi_rusak)
    with open_zip(path) as isi, pytest.raises(EntriError, match="rusak di dalam ZIP"):
        copy_entry(isi.entri[0], path.with_name("keluar"))
