import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection

from accounts.perintah import BELUM_MIGRATE, SALAH_PERINTAH, Perintah

RUANG = ("accounts", "actionplan", "evidence", "monev")
MILIK_KITA = sorted((ruang, nama) for nama, ruang in get_commands().items() if ruang in RUANG)

DIPERLUKAN = {
    "build_package": ("--tahun=2025", "--out=/tmp/paket.zip"),
    "import_evidence": ("--tahun=2025", "--oleh=siapa", "/tmp"),
    "monev": ("--tahun=2025", "--triwulan=I", "--out=/tmp/laporan.pdf"),
}


def takes_satker(ruang: str, nama: str) -> bool:
    """An office may come into being with its plan: export_plan says how that is loaded."""
    if nama == "export_plan":
        return False
    return "--satker" in load_command_class(ruang, nama).create_parser("manage.py", nama).format_help()


class Bertanya(Perintah):
    def handle(self, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM tabel_yang_belum_ada")


@pytest.mark.django_db
def test_a_table_that_is_not_there_is_said_with_what_to_run() -> None:
    with pytest.raises(CommandError, match=BELUM_MIGRATE):
        call_command(Bertanya())


@pytest.mark.parametrize(("ruang", "nama"), MILIK_KITA)
def test_every_command_says_so(ruang: str, nama: str) -> None:
    assert isinstance(load_command_class(ruang, nama), Perintah)


def test_no_command_is_forgotten() -> None:
    berkas = {
        b.stem for r in RUANG for b in (settings.BASE_DIR / r / "management/commands").glob("[a-z]*.py")
    }
    assert berkas == {nama for _, nama in MILIK_KITA}


@pytest.mark.django_db
@pytest.mark.parametrize("kode", ["9999", ""])
@pytest.mark.parametrize("nama", [nama for ruang, nama in MILIK_KITA if takes_satker(ruang, nama)])
def test_an_office_that_is_none_is_refused_by_every_command(nama: str, kode: str) -> None:
    with pytest.raises(CommandError) as galat:
        call_command(nama, "--satker", kode, *DIPERLUKAN.get(nama, ()))
    assert (str(galat.value), galat.value.returncode) == (f"Satker {kode} tidak dikenal.", SALAH_PERINTAH)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nama", "pilihan", "terbesar"),
    [("check_links", "--hari", 3650), ("check_links", "--jeda", 3600), ("pindai_bukti", "--umur", 3650)],
)
@pytest.mark.parametrize("nilai", ["-1", "999999999"])
def test_a_number_beyond_reason_is_refused(nama: str, pilihan: str, terbesar: int, nilai: str) -> None:
    with pytest.raises(CommandError) as galat:
        call_command(nama, f"{pilihan}={nilai}")
    pesan = f"{pilihan} harus antara 0 dan {terbesar}."
    assert (str(galat.value), galat.value.returncode) == (pesan, SALAH_PERINTAH)
