"""export_plan gives back what the fixture says, to the letter, in the agreed shape."""

import json
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

FIXTURE = Path(__file__).parents[2] / "fixtures" / "rencana_aksi_1503_2025.yaml"
TEKS = ("kode", "uraian", "langkah_aksi_teks", "langkah_aksi", "bukti_fisik_teks", "target_waktu")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ekspor(capsys):
    def _ekspor() -> str:
        call_command("load_plan", str(FIXTURE))
        capsys.readouterr()
        call_command("export_plan", "--satker", "1503", "--tahun", "2025")
        return capsys.readouterr().out

    return _ekspor


def rows(rencana: dict) -> list[dict]:
    return [
        row for area in rencana["areas"] for komponen in area["komponen"] for row in komponen["indikator"]
    ]


def test_texts_are_the_fixtures_to_the_letter(ekspor):
    hasil, berkas = json.loads(ekspor()), yaml.safe_load(FIXTURE.read_text(encoding="utf-8"))
    assert [{k: row[k] for k in TEKS} for row in rows(hasil)] == [
        {k: row[k] for k in TEKS} for row in rows(berkas)
    ]
    assert [row["bukti_fisik"] for row in rows(hasil)] == [
        [{"uraian": b["uraian"], "sekali": b.get("sekali", False)} for b in row["bukti_fisik"]]
        for row in rows(berkas)
    ]
    for sini, sana in zip(hasil["areas"], berkas["areas"], strict=True):
        assert (sini["nomor"], sini["nama"]) == (sana["nomor"], sana["nama"])
        assert [(k["nomor"], k["nama"]) for k in sini["komponen"]] == [
            (k["nomor"], k["nama"]) for k in sana["komponen"]
        ]


def test_counts_are_6_23_70_101(ekspor):
    hasil = json.loads(ekspor())
    komponen = [k for area in hasil["areas"] for k in area["komponen"]]
    tenggat = [t for row in rows(hasil) for t in row["tenggat"]]
    assert (len(hasil["areas"]), len(komponen), len(rows(hasil)), len(tenggat)) == (6, 23, 70, 101)


def test_shape_and_order_of_keys(ekspor):
    hasil = json.loads(ekspor())
    area, row = hasil["areas"][4], rows({"areas": [hasil["areas"][4]]})[13]
    assert list(hasil) == ["tahun", "nomor", "tanggal", "areas"]
    assert (hasil["tahun"], hasil["nomor"], hasil["tanggal"]) == (2025, "9 Tahun 2025", "2025-03-03")
    assert list(area) == ["nomor", "nama", "komponen"]
    assert list(area["komponen"][0]) == ["nomor", "nama", "indikator"]
    assert list(row) == [*TEKS[:5], "bukti_fisik", "target_waktu", "catatan_tafsir", "tenggat"]
    assert (area["nomor"], area["komponen"][3]["nomor"], row["kode"]) == ("V", 4, "V.4.4")


def test_the_slip_of_2022_is_read_as_2025_and_noted(ekspor):
    row = next(row for row in rows(json.loads(ekspor())) if row["kode"] == "V.4.4")
    assert row["target_waktu"] == "Juni 2022"
    assert row["tenggat"] == [{"label": "Juni", "mulai": "2025-06-01", "jatuh_tempo": "2025-06-30"}]
    assert "2022" in row["catatan_tafsir"]


def test_letters_stay_letters_and_lines_are_indented_by_two(ekspor):
    teks = ekspor()
    assert "–" in teks
    assert teks.startswith('{\n  "tahun": 2025,')


def test_costs_seven_queries_however_many_rows(ekspor, django_assert_num_queries):
    ekspor()
    with django_assert_num_queries(7):
        call_command("export_plan", "--satker", "1503", "--tahun", "2025")


def test_a_plan_that_is_not_there_says_how_to_load_it():
    with pytest.raises(
        CommandError, match=r"tidak punya rencana aksi tahun 2025\. Muat dengan manage.py load_plan"
    ):
        call_command("export_plan", "--satker", "1503", "--tahun", "2025")
