import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection

from accounts.perintah import BELUM_MIGRATE, Perintah

RUANG = ("accounts", "actionplan", "evidence", "monev")
MILIK_KITA = sorted((ruang, nama) for nama, ruang in get_commands().items() if ruang in RUANG)


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
