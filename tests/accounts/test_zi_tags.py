import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test.utils import override_script_prefix
from django.urls import reverse

from accounts.templatetags import zi


def test_ikon_points_into_the_sprite() -> None:
    assert Template("{% load zi %}{% ikon 'house' %}").render(Context()) == (
        '<svg class="ikon" aria-hidden="true"><use href="/static/ikon.svg#i-house"/></svg>'
    )


def test_miring_marks_foreign_words_and_escapes_the_rest() -> None:
    assert zi.miring("<b> *role model* & *public campaign*") == (
        '&lt;b&gt; <i lang="en">role model</i> &amp; <i lang="en">public campaign</i>'
    )


def test_miring_does_not_let_markup_in_through_the_stars() -> None:
    assert "<script>" not in zi.miring("*<script>*")


@pytest.mark.parametrize("teks", ["2 * 3", "2 * 3 * 4"])
def test_miring_leaves_stars_that_embrace_no_word(teks: str) -> None:
    assert zi.miring(teks) == teks


def test_tanpa_miring_drops_the_stars() -> None:
    assert zi.tanpa_miring("para *role model*") == "para role model"


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("PENATAAN SISTEM MANAJEMEN SDM", "Penataan Sistem Manajemen SDM"),
        ("PEMBANGUNAN MENUJU WBK/WBBM", "Pembangunan menuju WBK/WBBM"),
        ("Pembangunan unit kerja menuju WBK/WBBM KPU", "Pembangunan unit kerja menuju WBK/WBBM KPU"),
    ],
)
def test_judul_area(teks: str, hasil: str) -> None:
    assert zi.judul_area(teks) == hasil


@pytest.mark.parametrize(
    ("zona", "hari"), [("WIB", "2 Maret 2025"), ("WITA", "2 Maret 2025"), ("WIT", "3 Maret 2025")]
)
def test_tanggal_di_is_the_day_by_the_office_clock(zona: str, hari: str) -> None:
    assert zi.tanggal_di(dt.datetime(2025, 3, 2, 15, 30, tzinfo=dt.UTC), zona) == hari


def test_tanggal_of_a_date_and_of_nothing() -> None:
    assert (zi.tanggal(dt.date(2025, 11, 30)), zi.tanggal(None)) == ("30 November 2025", "")
    assert zi.tanggal_di(None, "WIB") == ""


@pytest.mark.parametrize(
    ("nilai", "hasil"),
    [(75.5, "75,5%"), (100, "100,0%"), (Decimal("33.35"), "33,4%"), (0, "0,0%"), (None, "–")],
)
def test_persen(nilai: float | None, hasil: str) -> None:
    assert zi.persen(nilai) == hasil


@pytest.mark.parametrize(
    ("bita", "hasil"),
    [(0, "0 B"), (999, "999 B"), (1000, "1,0 KB"), (1_500_000, "1,4 MB"), (3 * 1024**3, "3,0 GB")],
)
def test_ukuran_berkas(bita: int, hasil: str) -> None:
    assert zi.ukuran_berkas(bita) == hasil


@pytest.mark.parametrize(("nama", "hasil"), [("Anggota Demo 1", "A1"), ("Siti", "S"), ("", "")])
def test_huruf_awal(nama: str, hasil: str) -> None:
    assert zi.huruf_awal(nama) == hasil


def test_alamat_is_what_url_says() -> None:
    isi = "{% load zi %}{% alamat 'unduh_bukti' 12 %} {% alamat 'unduh_bukti' 1012 %}"
    assert Template(isi).render(Context()) == " ".join(reverse("unduh_bukti", args=[n]) for n in (12, 1012))


def test_alamat_stands_below_where_the_site_begins() -> None:
    with override_script_prefix("/zi/"):
        assert (
            Template("{% load zi %}{% alamat 'unduh_bukti' 12 %}").render(Context()) == "/zi/bukti/12/unduh/"
        )
