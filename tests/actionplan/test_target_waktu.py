import calendar
import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.waktu import BULAN
from actionplan.target_waktu import TargetWaktuError, read_target_waktu

TAHUN = 2025


def read(teks, *, tahun=TAHUN, bukti_fisik=""):
    return read_target_waktu(teks, tahun=tahun, bukti_fisik=bukti_fisik)


def ringkas(teks, **konteks):
    """[("Mei–Juni", "05-01", "06-30")]: short enough for a table."""
    return [
        (p.label, p.mulai.strftime("%m-%d"), p.jatuh_tempo.strftime("%m-%d"))
        for p in read(teks, **konteks).periode
    ]


def bulan(*nomor, tahun=TAHUN):
    return [(BULAN[n - 1], f"{n:02}-01", f"{n:02}-{calendar.monthrange(tahun, n)[1]}") for n in nomor]


SETAHUN = range(1, 13)

# Every shape in the decree, as it is written there.
BENTUK_KEPUTUSAN = [
    ("Januari 2025", bulan(1)),
    ("Februari minggu ke-2 tahun 2025", [("Februari minggu ke-2", "02-08", "02-14")]),
    ("Maret minggu ke-1 tahun 2025", [("Maret minggu ke-1", "03-01", "03-07")]),
    ("Agustus, September,Okt ober, Desember", bulan(8, 9, 10, 12)),
    ("Maret, Juni 2025", bulan(3, 6)),
    ("Maret, Juni, September, Desember 2025", bulan(3, 6, 9, 12)),
    ("Juni dan Desember 2025", bulan(6, 12)),
    ("April-Mei 2025", [("April–Mei", "04-01", "05-31")]),
    ("Maret-Desember 2025", [("Maret–Desember", "03-01", "12-31")]),
    ("Paling lambat Mei-Juni 2025", [("Mei–Juni", "05-01", "06-30")]),
    ("Per-bulan (Januari-Desember)", bulan(*SETAHUN)),
    ("Januari-Desember 2025", [("Januari–Desember", "01-01", "12-31")]),
    ("Januari Desember 2025", [("Januari–Desember", "01-01", "12-31")]),
    ("Juni 2022", bulan(6)),
]

BENTUK_LAIN = [
    ("Nopember 2025", bulan(11)),
    ("Pebruari", bulan(2)),
    ("Jan, Feb, Mar, Apr, Mei, Jun, Jul, Agt, Sep, Okt, Nov, Des 2025", bulan(*SETAHUN)),
    ("Peb, Mrt, Agu, Sept, Nop", bulan(2, 3, 8, 9, 11)),
    ("Ags 2025", bulan(8)),
    ("Agust. 2025", bulan(8)),
    ("Jan. s/d Des. 2025", [("Januari–Desember", "01-01", "12-31")]),
    ("Triwulan II", [("Triwulan II", "04-01", "06-30")]),
    ("Triwulan ke-3 tahun 2025", [("Triwulan III", "07-01", "09-30")]),
    ("triwulan keempat 2025", [("Triwulan IV", "10-01", "12-31")]),
    ("TW I", [("Triwulan I", "01-01", "03-31")]),
    ("TW. 2 2025", [("Triwulan II", "04-01", "06-30")]),
    ("Semester I", [("Semester I", "01-01", "06-30")]),
    ("Semester II 2025", [("Semester II", "07-01", "12-31")]),
    ("TW I, II dan TW IV", [("Triwulan I", "01-01", "03-31"), ("Triwulan II", "04-01", "06-30"),
                            ("Triwulan IV", "10-01", "12-31")]),
    ("Triwulan II-III", [("Triwulan II s.d. Triwulan III", "04-01", "09-30")]),
    ("Januari s.d. Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Januari s/d Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Januari sd Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Januari sampai dengan Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Januari hingga Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Januari – Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Januari 2025 - Juni 2025", [("Januari–Juni", "01-01", "06-30")]),
    ("Mei-Mei 2025", bulan(5)),
    ("Paling lambat Juni 2025", bulan(6)),
    ("Selambat-lambatnya Juni 2025", bulan(6)),
    ("Paling lambat Juni dan Desember", bulan(6, 12)),
    ("s.d. Juni 2025", [("s.d. Juni", "01-01", "06-30")]),
    ("s/d Triwulan II 2025", [("s.d. Triwulan II", "01-01", "06-30")]),
    ("sampai dengan Maret minggu ke-2", [("s.d. Maret minggu ke-2", "01-01", "03-14")]),
    ("Minggu ke-2 bulan Februari 2025", [("Februari minggu ke-2", "02-08", "02-14")]),
    ("Minggu kedua Februari 2025", [("Februari minggu ke-2", "02-08", "02-14")]),
    ("Februari minggu II", [("Februari minggu ke-2", "02-08", "02-14")]),
    ("Maret minggu ke-4", [("Maret minggu ke-4", "03-22", "03-28")]),
    ("Maret minggu ke-5", [("Maret minggu ke-5", "03-29", "03-31")]),
    ("April minggu 5", [("April minggu ke-5", "04-29", "04-30")]),
    ("Maret minggu ke-4 - April minggu ke-1",
     [("Maret minggu ke-4 s.d. April minggu ke-1", "03-22", "04-07")]),
    ("Maret minggu ke-1, Februari minggu ke-2",
     [("Februari minggu ke-2", "02-08", "02-14"), ("Maret minggu ke-1", "03-01", "03-07")]),
    ("Per bulan (Januari-Maret) 2025", bulan(1, 2, 3)),
    ("Per-bulan Januari-Maret, Juli 2025", bulan(1, 2, 3, 7)),
    ("Januari-Maret 2025 (per bulan)", bulan(1, 2, 3)),
    ("Januari-Maret 2025 per-bulan", bulan(1, 2, 3)),
    ("Per bulan (Triwulan II)", bulan(4, 5, 6)),
    ("(Juni 2025)", bulan(6)),
    ("Juni; September; dan Desember", bulan(6, 9, 12)),
    ("Juni & Desember", bulan(6, 12)),
    ("Juni, dan Desember 2025.", bulan(6, 12)),
    ("Desember, Juni, Maret", bulan(3, 6, 12)),
    ("Juni 2025, Desember 2025", bulan(6, 12)),
    ("Ja nu ari-Sep tember", [("Januari–September", "01-01", "09-30")]),
    ("  Januari\n2025\t", bulan(1)),
]  # fmt: skip


@pytest.mark.parametrize(("teks", "harapan"), BENTUK_KEPUTUSAN + BENTUK_LAIN)
def test_reads_the_shape(teks, harapan):
    assert ringkas(teks) == harapan


def test_februari_ends_with_the_plans_own_year():
    assert ringkas("Februari", tahun=2028) == [("Februari", "02-01", "02-29")]


def test_fifth_week_of_februari_exists_in_a_leap_year():
    assert ringkas("Februari minggu ke-5", tahun=2028) == [("Februari minggu ke-5", "02-29", "02-29")]


@pytest.mark.parametrize(
    "bukti", ["Data nominatif pegawai per bulan", "Laporan per-bulan", "REKAP PER BULAN"]
)
def test_bukti_fisik_per_bulan_splits_a_range(bukti):
    assert ringkas("Januari-Desember 2025", bukti_fisik=bukti) == bulan(*SETAHUN)


@pytest.mark.parametrize(
    "bukti",
    [
        "Laporan bulanan",
        "Laporan setiap bulan",
        "Rekapitulasi setiap triwulan",
        "Per semester",
        "super bulan",
    ],
)
def test_nothing_but_per_bulan_splits_a_range(bukti):
    assert ringkas("Januari-Maret 2025", bukti_fisik=bukti) == [("Januari–Maret", "01-01", "03-31")]


@pytest.mark.parametrize(
    ("teks", "harapan"),
    [
        ("Januari 2025", bulan(1)),
        ("Triwulan II 2025", [("Triwulan II", "04-01", "06-30")]),
        ("Maret minggu ke-1 - Maret minggu ke-2 2025",
         [("Maret minggu ke-1 s.d. Maret minggu ke-2", "03-01", "03-14")]),
    ],
)  # fmt: skip
def test_bukti_fisik_per_bulan_leaves_alone_what_is_no_range_of_whole_months(teks, harapan):
    assert ringkas(teks, bukti_fisik="Data per bulan") == harapan


TAHUN_TIDAK_TERTULIS = "Tahun tidak tertulis; dibaca 2025 sesuai dengan tahun rencana aksi."


@pytest.mark.parametrize(
    ("teks", "bukti", "catatan"),
    [
        ("Januari 2025", "", ()),
        ("Maret, Juni 2025", "", ()),
        ("Per-bulan (Januari-Desember) 2025", "Daftar hadir per bulan", ()),
        ("Juni", "", (TAHUN_TIDAK_TERTULIS,)),
        ("September,Okt ober", "", ("Kata “Okt ober” dibaca Oktober.", TAHUN_TIDAK_TERTULIS)),
        (
            "Januari Desember 2025",
            "",
            ("Tanda hubung antara Januari dan Desember tidak tertulis; dibaca sebagai satu rentang.",),
        ),
        (
            "Juni 2022",
            "",
            (
                "Tertulis tahun 2022, mendahului tahun rencana aksi; kemungkinan salah tulis dalam "
                "keputusan dan dibaca 2025.",
            ),
        ),
        (
            "Januari-Desember 2025",
            "Data nominatif pegawai per bulan",
            (
                "Bukti fisik diminta per bulan, sehingga Januari–Desember dibaca sebagai 12 tenggat, "
                "satu setiap bulan.",
            ),
        ),
        ("Juni, Juni, Juni 2025", "", ("Juni disebut lebih dari sekali; dibaca sebagai satu tenggat.",)),
    ],
)
def test_notes_exactly_what_is_doubtful(teks, bukti, catatan):
    assert read(teks, bukti_fisik=bukti).catatan == catatan


@pytest.mark.parametrize(
    ("teks", "bagian_pesan"),
    [
        ("", "kosong"),
        (" \n\t ", "kosong"),
        ("secepatnya", "“secepatnya”"),
        ("Januari atau Februari", "“atau Februari”"),
        ("awal Maret 2025", "“awal Maret 2025”"),
        ("31 Maret 2025", "“31 Maret 2025”"),
        ("Juni 25", "“25”"),
        ("Juni '25", "“' 25”"),
        ("Juni 20250", "“20250”"),
        ("Juni 1925", "“1925”"),
        ("Juni ２０２５", "“２ ０ ２ ５”"),
        ("Tahun 2025", "“Tahun 2025”"),
        ("Juni tahun", "tidak lengkap"),
        ("2025", "“2025”"),
        ("Setiap bulan", "“Setiap bulan”"),
        ("Per bulan", "tidak lengkap"),
        ("Paling lambat", "tidak lengkap"),
        ("Maret,", "tidak lengkap"),
        (", Maret", "“, Maret”"),
        ("Maret,, Juni", "“, Juni”"),
        ("April-", "tidak lengkap"),
        ("-April", "“- April”"),
        ("April-Mei-Juni", "“- Juni”"),
        ("Mei/Juni", "“/ Juni”"),
        ("Januari. Desember", "“. Desember”"),
        ("Per-bulan (Januari-Desember", "tidak lengkap"),
        ("Januari-Desember)", "“)”"),
        ("Agutus 2025", "“Agutus 2025”"),
        ("JanuariDesember", "“JanuariDesember”"),
        ("Januari Februari Maret", "“Maret”"),
        ("Januari, Maret Juni", "tidak jelas"),
        ("Maret Juni, Desember", "tidak jelas"),
        ("Januari Februari minggu ke-2", "tidak jelas"),
        ("Januari minggu ke-2 Februari", "“Februari”"),
        ("Januari 2025 Desember 2025", "“Desember 2025”"),
        ("Minggu ke-2", "tidak lengkap"),
        ("Februari minggu", "tidak lengkap"),
        ("Februari minggu depan", "“depan”"),
        ("Februari, minggu ke-2", "tidak lengkap"),
        ("Februari minggu ke-0", "minggu ke-0, yang tidak ada"),
        ("Maret minggu ke-6", "minggu ke-6, yang tidak ada"),
        ("Februari minggu ke-5 2025", "minggu ke-5, yang tidak ada pada Februari 2025"),
        ("Triwulan", "tidak lengkap"),
        ("Triwulan Januari", "“Januari”"),
        ("Triwulan V", "Triwulan ke-5, yang tidak ada"),
        ("Triwulan 0", "Triwulan ke-0, yang tidak ada"),
        ("Semester III", "Semester ke-3, yang tidak ada"),
        ("Januari, II", "“II”"),
        ("Triwulan I, Juli, II", "“II”"),
        ("Desember-Januari 2025", "mundur, dari Desember ke Januari"),
        ("Desember Januari 2025", "mundur, dari Desember ke Januari"),
        ("Semester I - Februari", "mundur"),
        ("Juni - Triwulan II", "mundur"),
        ("Juni 2026", "tahun 2026, sesudah tahun rencana 2025"),
        ("Desember 2025 - Januari 2026", "dua tahun yang berbeda, 2025 dan 2026"),
        ("Maret 2022, Juni 2025", "dua tahun yang berbeda, 2022 dan 2025"),
        ("Maret 2022, Juni 2023", "dua tahun yang berbeda, 2022 dan 2023"),
        ("Per bulan Februari minggu ke-2", "bukan bulan yang utuh"),
        ("Juni, Triwulan II", "berakhir pada hari yang sama"),
        ("9" * 5000, "tidak dapat dibaca"),
        ("Triwulan " + "1" * 5000, "tidak dapat dibaca"),
    ],
)
def test_refuses_what_it_cannot_read_and_says_which_part(teks, bagian_pesan):
    with pytest.raises(TargetWaktuError) as galat:
        read(teks)
    assert bagian_pesan in str(galat.value)


@pytest.mark.parametrize(
    ("teks", "harapan"),
    [
        ("Februari 2028", [("Februari 2028", dt.date(2028, 2, 1), dt.date(2028, 2, 29))]),
        (
            "Februari minggu ke-5 2028",
            [("Februari minggu ke-5 2028", dt.date(2028, 2, 29), dt.date(2028, 2, 29))],
        ),
        (
            "Maret, Juni 2026",
            [
                ("Maret 2026", dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
                ("Juni 2026", dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
            ],
        ),
    ],
)
def test_a_later_year_that_a_person_confirms_is_that_year_and_noted(teks, harapan):
    hasil = read_target_waktu(teks, tahun=2025, tahun_lain=True)
    assert [(p.label, p.mulai, p.jatuh_tempo) for p in hasil.periode] == harapan
    (catatan,) = hasil.catatan
    assert "sesudah tahun rencana aksi 2025; dipastikan memang demikian" in catatan


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("Juni 2025", "tidak menyebut tahun sesudah 2025"),
        ("Juni", "tidak menyebut tahun sesudah 2025"),
        ("Desember 2025 - Januari 2026", "dua tahun yang berbeda, 2025 dan 2026"),
    ],
)
def test_a_confirmation_that_confirms_nothing_is_refused(teks, pesan):
    with pytest.raises(TargetWaktuError, match=pesan):
        read_target_waktu(teks, tahun=2025, tahun_lain=True)


@pytest.mark.parametrize("teks", ["", "secepatnya", "Juni 2026", "Februari minggu ke-5"])
def test_every_refusal_says_what_to_do(teks):
    with pytest.raises(
        TargetWaktuError, match="Tulis waktunya dengan bentuk yang dikenal, misalnya “Maret 2025”"
    ):
        read(teks)


nomor_bulan = st.integers(1, 12)
tahun_rencana = st.integers(2001, 2099)
daftar_bulan = st.lists(nomor_bulan, min_size=1, max_size=15)


@given(nomor=daftar_bulan, tahun=tahun_rencana)
def test_any_list_of_months_gives_each_month_once_to_its_last_day(nomor, tahun):
    periode = read(", ".join(BULAN[n - 1] for n in nomor), tahun=tahun).periode
    assert [p.mulai for p in periode] == [dt.date(tahun, n, 1) for n in sorted(set(nomor))]
    assert all((p.jatuh_tempo + dt.timedelta(days=1)).day == 1 for p in periode)
    assert all(p.jatuh_tempo.month == p.mulai.month for p in periode)


@given(awal=nomor_bulan, akhir=nomor_bulan, tahun=tahun_rencana)
def test_any_range_is_one_window_or_refused_when_it_runs_backwards(awal, akhir, tahun):
    teks = f"{BULAN[awal - 1]}-{BULAN[akhir - 1]} {tahun}"
    if awal > akhir:
        with pytest.raises(TargetWaktuError, match="mundur"):
            read(teks, tahun=tahun)
        return
    (periode,) = read(teks, tahun=tahun).periode
    assert (periode.mulai, periode.jatuh_tempo.month) == (dt.date(tahun, awal, 1), akhir)


@given(bulan_ke=nomor_bulan, minggu=st.integers(0, 7), tahun=tahun_rencana)
def test_a_week_exists_exactly_when_its_first_day_does(bulan_ke, minggu, tahun):
    hari_pertama = 7 * minggu - 6
    hari_bulan = calendar.monthrange(tahun, bulan_ke)[1]
    teks = f"{BULAN[bulan_ke - 1]} minggu ke-{minggu}"
    if not 1 <= hari_pertama <= hari_bulan:
        with pytest.raises(TargetWaktuError, match="tidak ada"):
            read(teks, tahun=tahun)
        return
    (periode,) = read(teks, tahun=tahun).periode
    assert (periode.mulai.day, periode.jatuh_tempo.day) == (hari_pertama, min(7 * minggu, hari_bulan))


KATA = [
    *BULAN, "Nopember", "Okt ober", "Jan", "Agt.", "minggu", "ke", "2", "5", "I", "II", "IV", "tahun",
    "2022", "2025", "2026", "Triwulan", "TW", "Semester", "s.d.", "s/d", "sampai dengan", "-", "–", ",", ";",
    "dan", "(", ")", "Per-bulan", "Paling lambat", "bulan", ".", "x",
]  # fmt: skip
kalimat = st.lists(st.sampled_from(KATA), max_size=9).map(" ".join)


def read_or_none(teks, **konteks):
    try:
        return read(teks, **konteks)
    except TargetWaktuError:
        return None


@given(teks=st.one_of(st.text(), kalimat), tahun=tahun_rencana, bukti=st.sampled_from(["", "per bulan"]))
def test_random_text_is_read_soundly_or_refused(teks, tahun, bukti):
    pembacaan = read_or_none(teks, tahun=tahun, bukti_fisik=bukti)
    if pembacaan is None:
        return
    jatuh_tempo = [p.jatuh_tempo for p in pembacaan.periode]
    assert jatuh_tempo
    assert jatuh_tempo == sorted(set(jatuh_tempo))
    assert all(
        dt.date(tahun, 1, 1) <= p.mulai <= p.jatuh_tempo <= dt.date(tahun, 12, 31) for p in pembacaan.periode
    )


@given(teks=kalimat, acak=st.randoms(use_true_random=False))
def test_case_white_space_and_kind_of_dash_do_not_matter(teks, acak):
    asli, ubahan = read_or_none(teks), read_or_none(rias(teks, acak))
    assert (asli and asli.periode) == (ubahan and ubahan.periode)


def rias(teks: str, acak: random.Random) -> str:
    """The same words, dressed otherwise."""
    pengganti = {" ": [" ", "  ", "\n", "\u00a0"], "-": "-‐‑–—−", "–": "-–—"}
    huruf = (acak.choice(pengganti.get(h, [h.lower(), h.upper()])) for h in teks)
    return acak.choice(["", " "]) + "".join(huruf) + acak.choice(["", "\n"])
