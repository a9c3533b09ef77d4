import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.tanggal import TanggalField

JUNI = dt.date(2025, 6, 3)


@pytest.mark.parametrize("teks", ["2025-06-03", "03/06/2025", "3-6-2025"])
def test_the_day_stands_before_the_month(teks: str) -> None:
    assert TanggalField(label="Mulai").clean(teks) == JUNI


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("", "Pilih tanggalnya."),
        ("31/02/2025", "Tanggal ini tidak terbaca."),
        ("06/13/2025", "Tanggal ini tidak terbaca."),
        ("0025-06-03", "Tanggal paling awal 1 Januari 2000."),
        ("2025-06-04", "Tanggal paling akhir 3 Juni 2025."),
    ],
)
def test_what_cannot_be_is_said_in_indonesian(teks: str, pesan: str) -> None:
    with pytest.raises(ValidationError) as galat:
        TanggalField(label="Mulai", sampai=JUNI).clean(teks)
    assert pesan in galat.value.messages[0]


def test_both_ends_are_allowed_and_told_to_the_browser() -> None:
    field = TanggalField(label="Mulai", sejak=JUNI, sampai=JUNI)
    assert field.clean("2025-06-03") == JUNI
    assert (field.widget.attrs["min"], field.widget.attrs["max"]) == ("2025-06-03", "2025-06-03")


def test_the_script_that_says_the_day_in_words_knows_the_field() -> None:
    assert " data-tanggal" in TanggalField(label="Mulai", awal=JUNI).widget.render("mulai", JUNI)
