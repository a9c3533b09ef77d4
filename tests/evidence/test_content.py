"""What the first bytes claim and what the inside says, over more files than the corpus can name."""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evidence import content
from evidence.isi import gabungan, periksa
from evidence.isi.jenis import PESAN, Tolak
from tests.evidence import berkas, korpus
from tests.evidence.test_korpus import BURUK, SEHAT

UTUH = ("pdf", "jpg", "png", "webp", "heic", "docx", "xlsx", "pptx", "odt", "ods", "mp4")
BATAS = {"maks_piksel": 80_000_000, "maks_isi": 50 * 1024 * 1024, "maks_bagian": 5000}


@cache
def sehat(nama: str) -> bytes:
    return SEHAT[nama][0]()


def periksa_di_sini(isi: bytes) -> str:
    """Without the box, which takes ten times as long as the look itself; '' when refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(isi)
        with path.open("rb") as file:
            jenis = content.claimed(file)
        if jenis is None:
            return ""
        try:
            return periksa.run([path], jenis=jenis.nama, **BATAS).decode()
        except Tolak:
            return ""


@pytest.mark.parametrize("nama", UTUH)
@given(data=st.data())
@hypothesis_settings(max_examples=15, deadline=None)
def test_a_file_cut_off_anywhere_is_refused(nama: str, data: st.DataObject) -> None:
    isi = sehat(nama)
    sampai = data.draw(st.integers(1, len(isi) - 8))
    assert periksa_di_sini(isi[:sampai]) == ""


UBAHAN = st.tuples(
    st.floats(0, 1), st.sampled_from([b"", b"\xff\xff\xff\xff", bytes(4), b"\x80\0\0\0"]), st.integers(0, 40)
)


@pytest.mark.parametrize("nama", UTUH)
@given(ubahan=st.lists(UBAHAN, min_size=1, max_size=6))
@hypothesis_settings(max_examples=25, deadline=None)
def test_a_file_that_is_tampered_with_is_judged_and_never_stumbled_over(
    nama: str, ubahan: list[tuple[float, bytes, int]]
) -> None:
    isi = bytearray(sehat(nama))
    for di, sisipan, hapus in ubahan:
        at = int(di * len(isi))
        isi[at : at + hapus] = sisipan
    assert periksa_di_sini(bytes(isi)) in {"", *(jenis.nama for jenis in content.DITERIMA)}


@given(
    isi=st.binary(max_size=200), awal=st.sampled_from([b"", b"\0\0\0\x18ftypisom", b"PK\x03\x04", b"%PDF-"])
)
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_handful_of_bytes_is_a_document(isi: bytes, awal: bytes) -> None:
    assert periksa_di_sini(awal + isi) == ""


@given(isi=st.binary(max_size=4096))
@hypothesis_settings(max_examples=100, deadline=None)
def test_any_bytes_get_one_sentence_that_says_what_to_do(isi: bytes) -> None:
    kata = content.why_refused(isi)
    assert kata.endswith(".")
    assert "tidak diterima" in kata or "lalu unggah lagi" in kata


def test_every_kind_is_named_where_kinds_are_named() -> None:
    assert content.SEBUT_DITERIMA.replace("atau ", "").split(", ") == [j.nama for j in content.DITERIMA]


def test_no_two_kinds_share_a_type_or_a_suffix() -> None:
    akhiran = [a for jenis in content.DITERIMA for a in jenis.akhiran]
    assert len(set(akhiran)) == len(akhiran)
    assert len(content.MENURUT_TIPE) == len(content.DITERIMA)


def test_every_reason_is_proven_by_a_bad_file() -> None:
    """A reason that no file of the corpus brings about is a reason that nobody has tried."""
    kata = {pesan for _, pesan in BURUK.values()}
    belum = {kode for kode, pola in PESAN.items() if not any(pola.split("{")[0] in pesan for pesan in kata)}
    assert belum == set()


def test_what_a_document_says_of_itself_decides_nothing(tmp_path: Path) -> None:
    """A title that says JPEG, a suffix that says program: it is a PDF."""
    path = tmp_path / "laporan.exe"
    path.write_bytes(berkas.pdf(tanda="image/jpeg"))
    assert content.recognise(path) is content.PDF


@pytest.mark.parametrize("geser", [-40, -3, 0, 3])
def test_what_is_smuggled_is_found_between_two_readings(geser: int) -> None:
    awal = korpus.mp4(isi=b"")
    isi = bytes(gabungan.POTONGAN + geser - len(awal)) + b"<?PhP x" + bytes(50)
    assert periksa_di_sini(korpus.mp4(isi=isi)) == ""
    assert periksa_di_sini(korpus.mp4(isi=isi.replace(b"<?", b"<!"))) == "MP4"


@pytest.mark.parametrize("lebih", [0, 1])
def test_pixels_up_to_the_limit(tmp_path: Path, lebih: int) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(berkas.gambar("PNG", (100 + lebih, 100)))
    with pytest.MonkeyPatch.context() as tambal:
        tambal.setattr(settings, "BUKTI_MAKS_PIKSEL", 10_000)
        if lebih:
            with pytest.raises(ValidationError, match="piksel"):
                content.recognise(path)
        else:
            assert content.recognise(path) is content.PNG


@pytest.mark.parametrize(
    ("akhiran", "isi"),
    [
        (".exe", b"MZ\x90"),
        (".gdraw", b'{"url": "https://docs.google.com"}'),
        (".gsheet", b"{}"),
        (".lnk", b"L\0\0\0\x01\x14\x02"),
        (".zip", berkas.kemas(a="isi")),
        (".gif", b"GIF89a"),
        (".mkv", b"\x1aE\xdf\xa3"),
        (".rtf", b"{\\rtf1"),
        (".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        (".html", b"<!doctype html>"),
        (".docm", berkas.ooxml(tipe="application/vnd.ms-word.document.macroEnabled.main+xml")),
        (".ppsm", berkas.ooxml(tipe="application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml")),
        (".ppsx", berkas.ooxml("presentationml.slideshow")),
        (".ott", berkas.odf("text-template")),
    ],
)
def test_a_name_is_refused_in_the_words_of_its_content(tmp_path: Path, akhiran: str, isi: bytes) -> None:
    path = tmp_path / f"berkas{akhiran}"
    path.write_bytes(isi)
    with pytest.raises(ValidationError) as galat:
        content.recognise(path, path.name)
    assert galat.value.messages == [content.DITOLAK_MENURUT_AKHIRAN[akhiran]]
