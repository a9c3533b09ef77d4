"""load_plan: all or nothing, the same twice changes nothing, another plan is refused with its differences."""

import copy
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import Satker
from actionplan.models import BuktiFisik, Indikator, Kebutuhan, RencanaAksi, Tenggat
from actionplan.plan_file import PlanFileError, read_plan
from actionplan.plan_store import differences
from tests.factories import make_satker

FIXTURE = Path(__file__).parents[2] / "fixtures" / "rencana_aksi_1503_2025.yaml"
KECIL = """
satker: "9001"
tahun: 2025
nomor: "1 Tahun 2025"
tanggal: 2025-03-03
judul: RENCANA AKSI
kantor:
  nama: KPU Kabupaten Uji
  tingkat: kabkota
  zona_waktu: WIT
  ibu_kota: Kota Uji
  kop_baris_1: KOMISI PEMILIHAN UMUM
  kop_baris_2: KABUPATEN UJI
areas:
  - nomor: II
    nama: PENATAAN
    komponen:
      - nomor: 1
        nama: SOP
        indikator:
          - kode: II.1.1
            uraian: Budaya kerja
            langkah_aksi_teks: 1) Hadir; 2) Memasang *banner*
            langkah_aksi: [Hadir, Memasang *banner*]
            bukti_fisik_teks: Daftar hadir, banner
            bukti_fisik:
              - uraian: Daftar hadir
              - uraian: Banner
                sekali: true
            target_waktu: Maret, Juni
            catatan_tafsir: Dibaca sebagaimana tertulis.
          - kode: II.1.2
            uraian: Evaluasi SOP
            langkah_aksi_teks: Rapat
            langkah_aksi: [Rapat]
            bukti_fisik_teks: Laporan
            bukti_fisik: [{uraian: Laporan}]
            target_waktu: April 2025
"""


def kecil() -> dict:
    return yaml.safe_load(KECIL)


def baris(data: dict, n: int = 0) -> dict:
    return data["areas"][0]["komponen"][0]["indikator"][n]


def as_text(data: dict) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def load(tmp_path: Path, isi: dict | str) -> None:
    berkas = tmp_path / "rencana.yaml"
    berkas.write_text(isi if isinstance(isi, str) else as_text(isi), encoding="utf-8")
    call_command("load_plan", str(berkas))


def galat(isi: dict | str) -> str:
    with pytest.raises(PlanFileError) as tertangkap:
        read_plan(isi if isinstance(isi, str) else as_text(isi))
    return str(tertangkap.value)


# Storing


@pytest.mark.django_db
def test_the_decree_is_stored_whole_in_few_statements(django_assert_max_num_queries, capsys):
    # How many rows fit into one statement is the engine's affair.
    with django_assert_max_num_queries(35):
        call_command("load_plan", str(FIXTURE))
    assert "6 area, 23 komponen, 70 indikator, 101 tenggat, 152 kebutuhan bukti" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_missing_office_is_made_from_the_file(tmp_path):
    load(tmp_path, kecil())
    satker = Satker.objects.get(kode="9001")
    assert (satker.nama, satker.tingkat, satker.zona_waktu) == ("KPU Kabupaten Uji", "kabkota", "WIT")


@pytest.mark.django_db
def test_an_office_that_exists_is_left_as_it_is(tmp_path):
    make_satker("9001", nama="Nama lama")
    load(tmp_path, kecil())
    assert Satker.objects.get(kode="9001").nama == "Nama lama"


@pytest.mark.django_db
def test_without_office_and_without_kantor_the_error_says_how_to_make_it(tmp_path):
    data = kecil()
    del data["kantor"]
    with pytest.raises(CommandError, match=r"Satker 9001 belum ada\. Buat dahulu"):
        load(tmp_path, data)


@pytest.mark.django_db
def test_a_kantor_that_cannot_be_says_why_and_stores_nothing(tmp_path):
    data = kecil()
    data["kantor"]["zona_waktu"] = "GMT"
    with pytest.raises(CommandError, match="zona_waktu"):
        load(tmp_path, data)
    assert not Satker.objects.exists()


@pytest.mark.django_db
def test_json_is_read_too(tmp_path):
    load(tmp_path, json.dumps(kecil(), default=str))
    assert RencanaAksi.objects.get().tanggal == dt.date(2025, 3, 3)


@pytest.mark.django_db
def test_every_bukti_is_asked_at_every_tenggat_and_sekali_only_at_the_first(tmp_path):
    load(tmp_path, kecil())
    diminta = Kebutuhan.objects.filter(tenggat__indikator__nomor=1).order_by(
        "tenggat__jatuh_tempo", "bukti_fisik__nomor"
    )
    assert list(diminta.values_list("tenggat__label", "bukti_fisik__uraian")) == [
        ("Maret", "Daftar hadir"),
        ("Maret", "Banner"),
        ("Juni", "Daftar hadir"),
    ]


@pytest.mark.django_db
def test_the_note_of_the_file_stands_before_those_of_the_parser(tmp_path):
    load(tmp_path, kecil())
    assert Indikator.objects.get(nomor=1).catatan_tafsir == (
        "Dibaca sebagaimana tertulis. Tahun tidak tertulis; dibaca 2025 sesuai dengan tahun rencana aksi."
    )


# Again


@pytest.mark.django_db
def test_the_same_plan_twice_changes_nothing_and_says_so(tmp_path, capsys):
    load(tmp_path, kecil())
    sebelum = list(Tenggat.objects.values()) + list(BuktiFisik.objects.values())
    load(tmp_path, kecil())
    assert "Tidak ada yang diubah" in capsys.readouterr().out
    assert list(Tenggat.objects.values()) + list(BuktiFisik.objects.values()) == sebelum


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ubah", "perbedaan"),
    [
        (
            lambda d: baris(d, 1).update(target_waktu="Mei 2025"),
            [
                "II.1.2, target waktu: tersimpan “April 2025”, dalam berkas “Mei 2025”",
                "II.1.2, tenggat: tersimpan “April” (1 April 2025 – 30 April 2025), "
                "dalam berkas “Mei” (1 Mei 2025 – 31 Mei 2025)",
            ],
        ),
        (
            lambda d: baris(d)["bukti_fisik"].pop(),
            [
                "II.1.1, rincian bukti fisik: tersimpan “Daftar hadir” | “Banner” (sekali), "
                "dalam berkas “Daftar hadir”",
            ],
        ),
        (
            lambda d: baris(d).update(langkah_aksi=["Hadir | Memasang *banner*"]),
            [
                "II.1.1, rincian langkah aksi: tersimpan “Hadir” | “Memasang *banner*”, "
                "dalam berkas “Hadir | Memasang *banner*”",
            ],
        ),
        (
            lambda d: baris(d)["bukti_fisik"].__setitem__(1, {"uraian": "Banner (sekali)"}),
            [
                "II.1.1, rincian bukti fisik: tersimpan “Daftar hadir” | “Banner” (sekali), "
                "dalam berkas “Daftar hadir” | “Banner (sekali)”",
            ],
        ),
        (
            lambda d: d["areas"][0]["komponen"][0]["indikator"].pop(),
            ["II.1.2: tersimpan, tidak ada dalam berkas"],
        ),
        (
            lambda d: d["areas"][0]["komponen"][0]["indikator"].append({**baris(d, 1), "kode": "II.1.3"}),
            ["II.1.3: ada dalam berkas, tidak ada dalam rencana yang tersimpan"],
        ),
        (
            lambda d: d["areas"][0].update(nama="LAIN"),
            ["Area II, nama: tersimpan “PENATAAN”, dalam berkas “LAIN”"],
        ),
        (
            lambda d: d.update(tanggal=dt.date(2025, 3, 4)),
            ["Keputusan, tanggal: tersimpan “3 Maret 2025”, dalam berkas “4 Maret 2025”"],
        ),
    ],
)
def test_a_plan_that_differs_is_refused_with_its_differences(tmp_path, ubah, perbedaan):
    load(tmp_path, kecil())
    lain = copy.deepcopy(kecil())
    ubah(lain)
    with pytest.raises(CommandError) as tertangkap:
        load(tmp_path, lain)
    assert [b[2:] for b in str(tertangkap.value).splitlines()[1:-1]] == perbedaan
    assert tertangkap.value.returncode == 1


@pytest.mark.django_db
def test_a_later_year_once_confirmed_is_stored_noted_and_the_same_again(tmp_path, capsys):
    data = kecil()
    baris(data, 1).update(target_waktu="April 2026", tahun_lain=True)
    for _ in range(2):
        load(tmp_path, data)
    assert "Tidak ada yang diubah" in capsys.readouterr().out
    tenggat = Tenggat.objects.get(indikator__nomor=2)
    assert (tenggat.label, tenggat.jatuh_tempo) == ("April 2026", dt.date(2026, 4, 30))
    assert tenggat.indikator.catatan_tafsir == (
        "Tertulis tahun 2026, sesudah tahun rencana aksi 2025; dipastikan memang demikian ketika rencana dimuat."
    )


def test_what_no_line_can_name_is_a_difference_still():
    isi, _ = read_plan(KECIL)
    (baris,) = differences(isi, replace(isi, tahun=2026))
    assert "berbeda dari rencana yang tersimpan" in baris


@pytest.mark.django_db
def test_a_refused_plan_overwrites_nothing(tmp_path):
    load(tmp_path, kecil())
    lain = kecil()
    baris(lain)["uraian"] = "Lain sama sekali"
    with pytest.raises(CommandError):
        load(tmp_path, lain)
    assert Indikator.objects.get(nomor=1).uraian == "Budaya kerja"


# Reading: each fault by its row


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        (lambda r: r.pop("uraian"), "Baris II.1.1: “uraian” tidak ada. Tambahkan."),
        (lambda r: r.update(uraina="x"), "Baris II.1.1: “uraina” tidak dikenal. Yang dikenal: kode, uraian"),
        (lambda r: r.update(uraian="  "), "Baris II.1.1: “uraian” kosong. Isi."),
        (lambda r: r.update(uraian=None), "Baris II.1.1: “uraian” kosong. Isi."),
        (lambda r: r.update(target_waktu=2025), "“target_waktu” harus teks, terbaca “2025” (bilangan)"),
        (lambda r: r.update(uraian=True), "“uraian” harus teks, terbaca “True” (ya/tidak)"),
        (lambda r: r.update(uraian="Rapat\n"), "“uraian” diawali atau diakhiri spasi atau baris kosong"),
        (lambda r: r.update(uraian="nol\0nol"), "“uraian” memuat karakter yang tidak dapat disimpan"),
        (lambda r: r.update(target_waktu="segera"), "Baris II.1.1: Target waktu “segera” tidak dapat dibaca"),
        (lambda r: r.update(target_waktu="Mei 2026"), "menyebut tahun 2026, sesudah tahun rencana 2025"),
        (lambda r: r.update(target_waktu="Mei 2026"), "tambahkan “tahun_lain: true” pada barisnya"),
        (lambda r: r.update(tahun_lain=True), "tidak menyebut tahun sesudah 2025"),
        (lambda r: r.update(tahun_lain="ya"), "“tahun_lain” harus true atau false, terbaca “ya”"),
        (
            lambda r: r.update(bukti_fisik=[]),
            "Baris II.1.1: “bukti_fisik” harus berisi paling sedikit satu butir",
        ),
        (
            lambda r: r.update(langkah_aksi="Rapat"),
            "Baris II.1.1: “langkah_aksi” harus berisi paling sedikit satu",
        ),
        (lambda r: r.update(langkah_aksi=["a", 3]), "“langkah_aksi” harus teks, terbaca “3” (bilangan)"),
        (lambda r: r.update(bukti_fisik=["Banner"]), "Baris II.1.1, bukti fisik ke-1: harus berupa pasangan"),
        (
            lambda r: r["bukti_fisik"][1].update(sekali="ya"),
            "bukti fisik ke-2: “sekali” harus true atau false",
        ),
        (lambda r: r["bukti_fisik"][0].update(sekali=True), "semua bukti fisik ditandai sekali"),
        (lambda r: r["bukti_fisik"][0].update(uraian="Banner"), "“Banner” disebut dua kali dalam baris ini"),
        (lambda r: r.update(kode="II.1.9"), "Baris II.1.9: kode tidak sesuai dengan letaknya"),
        (lambda r: r.update(kode="II.1.2"), "Baris II.1.2: kode tidak sesuai dengan letaknya"),
        (lambda r: r.pop("kode"), "Area II, komponen 1, baris ke-1: “kode” tidak ada. Tambahkan."),
        (lambda r: r.update(kode=1.2), "Area II, komponen 1, baris ke-1: “kode” harus teks, terbaca “1.2”"),
    ],
)
def test_a_fault_in_a_row_names_the_row(ubah, pesan):
    data = kecil()
    ubah(baris(data))
    assert pesan in galat(data)


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        (lambda d: d.pop("areas"), "Berkas: “areas” tidak ada. Tambahkan."),
        (lambda d: d.update(areas={}), "Berkas: “areas” harus berisi paling sedikit satu butir"),
        (
            lambda d: d.update(satker=9001),
            "“satker” harus teks, terbaca “9001” (bilangan). Tulis di antara tanda petik",
        ),
        (lambda d: d.update(satker="KPU"), "“satker” harus kode berupa angka"),
        (lambda d: d.update(tahun="2025"), "“tahun” harus bilangan 2010–2100"),
        (lambda d: d.update(tahun=25), "“tahun” harus bilangan 2010–2100"),
        (lambda d: d.update(tanggal="3 Maret 2025"), "“tanggal” harus tanggal seperti 2025-03-03"),
        *(
            (lambda d, t=tanggal: d.update(tanggal=t), "“tanggal” keputusan harus dalam tahun 2024 atau 2025")
            for tanggal in ("0001-01-01", "2023-12-31", "2026-01-01", "9999-12-31")
        ),
        (lambda d: d.update(nomor="9" * 101), "“nomor” lebih dari 100 huruf"),
        (lambda d: d.update(kantor="KPU"), "“kantor” harus berisi nama, tingkat"),
        (lambda d: d["kantor"].pop("ibu_kota"), "Kantor: “ibu_kota” tidak ada. Tambahkan."),
        (
            lambda d: d["areas"][0].update(nomor="VII"),
            "“nomor” harus angka Romawi I sampai VI, terbaca “VII”",
        ),
        (lambda d: d["areas"][0].update(nomor=2), "area ke-1: “nomor” harus teks, terbaca “2”"),
        (lambda d: d["areas"].append(d["areas"][0]), "Area II: nomornya tidak urut atau tertulis dua kali"),
        (
            lambda d: d["areas"][0]["komponen"][0].update(nomor="1"),
            "“nomor” harus bilangan 1–999, terbaca “1”",
        ),
        (
            lambda d: d["areas"][0]["komponen"].append(d["areas"][0]["komponen"][0]),
            "Area II, komponen 1: nomornya tidak urut atau tertulis dua kali",
        ),
    ],
)
def test_a_fault_above_the_rows_names_its_place(ubah, pesan):
    data = kecil()
    ubah(data)
    assert pesan in galat(data)


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("", "Berkas tidak memuat rencana"),
        ("- a\n- b", "Berkas tidak memuat rencana"),
        ("satker: [", "Berkas tidak terbaca pada baris 1, kolom 10: berkas berakhir sebelum waktunya."),
        ('satker: "9001', "pada baris 1, kolom 14: berkas berakhir sebelum waktunya. Tutup tanda petiknya."),
        ("satker: [1 2\ntahun: 3", "pada baris 2, kolom 6: koma atau kurung penutup tidak ada."),
        ("a: 1\n b: 2", "pada baris 2, kolom 3: titik dua di tempat yang bukan tempatnya."),
        ("a:\n\tb: 1", "pada baris 2, kolom 1: ada tab."),
        ("- a\nb: 1", "pada baris 2, kolom 1: baris ini tidak selaras"),
        ("a: *banner*", "ada teks yang diawali tanda * atau &."),
        ("a: *", "ada teks yang diawali tanda * atau &."),
        ("a: 'x' y", "tidak selaras"),
        ("a: @x", "diawali tanda khusus"),
        ("{[1]: 2}", "kunci harus teks"),
        ('a: "\\q"', "tanda \\ yang tidak dikenal"),
        ("--- a\n--- b", "tanda --- di tengah berkas"),
        ("a: |x\n b", "pada baris 1, kolom 5: susunannya bukan YAML."),
        ("a: 1\nb: \x01", "pada baris 2, kolom 4: ada karakter yang tidak dapat dicetak."),
        ("a: !!bool x", "ada isi yang bukan teks, bilangan, atau tanggal"),
        ("a: !!timestamp x", "ada isi yang bukan teks, bilangan, atau tanggal"),
        ("a: " + "9" * 5000, "ada isi yang bukan teks, bilangan, atau tanggal"),
        ("[" * 5000, "kurungnya bersusun terlalu dalam"),
        (
            "satker: !!python/object/apply:os.getcwd []",
            "Berkas tidak terbaca pada baris 1, kolom 9: ada teks yang",
        ),
        (
            KECIL.replace("tahun: 2025", "tahun: 2025\ntahun: 2024"),
            "pada baris 4, kolom 1: kunci “tahun” tertulis dua kali. Hapus salah satu.",
        ),
        (
            KECIL.replace("2025-03-03", "2025-02-30"),
            "“tanggal” harus tanggal seperti 2025-03-03, terbaca “2025-02-30”",
        ),
        (KECIL.replace("2025-03-03", "2025-03-03 10:00:00"), "“tanggal” harus tanggal seperti 2025-03-03"),
    ],
)
def test_a_file_that_is_no_plan(teks, pesan):
    assert pesan in galat(teks)


@pytest.mark.parametrize("tanggal", [dt.date(2024, 1, 1), dt.date(2025, 12, 31)])
def test_a_plan_is_decreed_in_its_year_or_the_one_before(tanggal):
    assert read_plan(as_text({**kecil(), "tanggal": tanggal}))[0].tanggal == tanggal


def test_all_faults_are_told_at_once():
    data = kecil()
    baris(data).pop("uraian")
    baris(data, 1)["target_waktu"] = "kapan saja"
    assert [b.split(":")[0] for b in galat(data).splitlines()] == ["Baris II.1.1", "Baris II.1.2"]


@pytest.mark.django_db
def test_a_faulty_file_stores_nothing_at_all(tmp_path):
    data = kecil()
    baris(data, 1).pop("uraian")
    with pytest.raises(CommandError, match=r"Baris II\.1\.2"):
        load(tmp_path, data)
    assert not Satker.objects.exists()


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    for isi, pesan in [
        (None, "dapat dibuka: berkas atau foldernya tidak ada"),
        (b"\xff\xfe\x00", "bukan teks UTF-8"),
    ]:
        berkas = tmp_path / "rencana.yaml"
        if isi:
            berkas.write_bytes(isi)
        with pytest.raises(CommandError, match=pesan):
            call_command("load_plan", str(berkas))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "perintah",
    [
        ["load_plan", str(FIXTURE)],
        ["export_plan", "--satker=1503", "--tahun=2025"],
        ["monev", "--satker=1503", "--tahun=2025", "--triwulan=I", "--out=x.pdf"],
    ],
)
@pytest.mark.parametrize(
    "kurang",
    [
        "ALTER TABLE accounts_satker RENAME TO belum_ada",
        "ALTER TABLE accounts_satker RENAME COLUMN kode TO belum",
    ],
)
def test_a_database_that_is_not_migrated_says_what_to_run(perintah, kurang):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(kurang)
        with pytest.raises(CommandError, match=r"Jalankan manage\.py migrate"), transaction.atomic():
            call_command(*perintah)
        transaction.set_rollback(True)
