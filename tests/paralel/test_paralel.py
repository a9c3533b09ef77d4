"""Several processes write at once, on SQLite and on PostgreSQL, with the settings of the product."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

MULAI = "import django; django.setup(); from tests.paralel.proses import main; main()"
BANYAK_PROSES, BANYAK_TULISAN = 4, 60


class Proses:
    def __init__(self, env: dict[str, str]) -> None:
        self._anak = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", MULAI],
            cwd=settings.BASE_DIR,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def mulai(self, perintah: str, **isian: object) -> None:
        self._anak.stdin.write(json.dumps({"perintah": perintah, **isian}) + "\n")
        self._anak.stdin.flush()

    def jawaban(self) -> dict:
        return json.loads(self._anak.stdout.readline())

    def hasil(self, perintah: str, **isian: object):
        self.mulai(perintah, **isian)
        jawaban = self.jawaban()
        assert "hasil" in jawaban, jawaban
        return jawaban["hasil"]

    def tutup(self) -> None:
        self._anak.stdin.close()
        self._anak.stdout.close()
        self._anak.wait(timeout=30)


def serentak(*tugas: tuple[Proses, str, dict]) -> list[dict]:
    """Tell each its task before any has answered."""
    for proses, perintah, isian in tugas:
        proses.mulai(perintah, **isian)
    return [proses.jawaban() for proses, _, _ in tugas]


@pytest.fixture(scope="module")
def lingkungan(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[dict[str, str]]:
    with lingkungan_baru(tmp_path_factory.mktemp("paralel"), django_db_blocker) as env:
        yield env


@contextmanager
def lingkungan_baru(folder: Path, blocker) -> Iterator[dict[str, str]]:
    """The environment of processes that share a new, migrated database."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": "hanya-untuk-uji",
    }
    with DatabaseBaru(folder, blocker) as url:
        env["DATABASE_URL"] = url
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=settings.BASE_DIR,
            env=env,
            check=True,
        )
        yield env


class DatabaseBaru:
    """A database of its own: the tests' SQLite is in memory, and PostgreSQL's holds a transaction open."""

    def __init__(self, folder: Path, blocker) -> None:
        self._folder, self._blocker = folder, blocker
        self._name = f"paralel_{uuid.uuid4().hex}"

    def __enter__(self) -> str:
        if connections["default"].vendor == "sqlite":
            return f"sqlite:///{self._folder / 'paralel.sqlite3'}"
        self._sql(f"CREATE DATABASE {self._name}")
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{self._name}"

    def __exit__(self, *_: object) -> None:
        if connections["default"].vendor != "sqlite":
            self._sql(f"DROP DATABASE {self._name} WITH (FORCE)")

    def _sql(self, perintah: str) -> None:
        with self._blocker.unblock(), connections["default"]._nodb_cursor() as cursor:
            cursor.execute(perintah)


@pytest.fixture(scope="module")
def proses(lingkungan: dict[str, str]) -> Iterator[Callable[[int], list[Proses]]]:
    semua: list[Proses] = []

    def sebanyak(n: int) -> list[Proses]:
        while len(semua) < n:
            semua.append(Proses(lingkungan))
        return semua[:n]

    yield sebanyak
    for satu in semua:
        satu.tutup()


def test_every_row_of_many_writers_is_there(proses) -> None:
    penulis = proses(BANYAK_PROSES)
    dunia = penulis[0].hasil("siapkan", slot=1)
    slot, orang = dunia["slot"][0], dunia["anggota"]
    isian = {"slot": slot, "by": orang, "kali": BANYAK_TULISAN}

    jawaban = serentak(*((p, "tulis_bukti", isian) for p in penulis))

    assert jawaban == [{"hasil": None}] * BANYAK_PROSES
    assert penulis[0].hasil("hitung", slot=slot)["bukti"] == BANYAK_PROSES * BANYAK_TULISAN


def test_versions_written_at_once_are_counted_without_a_gap(proses) -> None:
    penulis = proses(BANYAK_PROSES)
    dunia = penulis[0].hasil("siapkan", slot=1)
    slot = dunia["slot"][0]
    isian = {"slot": slot, "by": dunia["anggota"], "kali": BANYAK_TULISAN}

    jawaban = serentak(*((p, "tulis_realisasi", isian) for p in penulis))

    assert jawaban == [{"hasil": None}] * BANYAK_PROSES
    versi = penulis[0].hasil("hitung", slot=slot)["versi"]
    assert sorted(versi) == list(range(1, BANYAK_PROSES * BANYAK_TULISAN + 1))


def test_two_people_who_begin_at_once_share_one_draft(proses) -> None:
    satu, dua = proses(2)
    dunia = satu.hasil("siapkan", slot=15)
    for slot in dunia["slot"]:
        a, b = serentak(
            (satu, "mulai_draf", {"slot": slot, "by": dunia["anggota"]}),
            (dua, "mulai_draf", {"slot": slot, "by": dunia["ketua"]}),
        )
        assert a == b
        assert satu.hasil("hitung", slot=slot)["putaran"] == 1


def test_of_two_who_send_the_same_draft_one_is_told_it_was_sent(proses) -> None:
    satu, dua = proses(2)
    dunia = satu.hasil("siapkan", slot=15)
    for slot in dunia["slot"]:
        draf = satu.hasil("buat_draf", slot=slot, by=dunia["anggota"])
        jawaban = serentak(
            (satu, "kirim", {"kiriman": draf, "by": dunia["anggota"]}),
            (dua, "kirim", {"kiriman": draf, "by": dunia["ketua"]}),
        )
        assert one_won(jawaban) == "Kiriman ini sudah dikirim atau ditutup. Muat ulang halaman."


def test_of_two_tpi_who_decide_the_same_round_one_is_told_it_was_decided(proses) -> None:
    satu, dua = proses(2)
    dunia = satu.hasil("siapkan", slot=15)
    for slot in dunia["slot"]:
        kiriman = satu.hasil("buat_kiriman", slot=slot, by=dunia["anggota"])
        jawaban = serentak(
            (satu, "putuskan", {"kiriman": kiriman, "by": dunia["tpi_1"]}),
            (dua, "putuskan", {"kiriman": kiriman, "by": dunia["tpi_2"]}),
        )
        assert one_won(jawaban) == "Kiriman ini sudah diputus."
        assert satu.hasil("hitung", slot=slot, kiriman=kiriman)["reviu"] == 1


def test_a_round_is_either_decided_or_withdrawn(proses) -> None:
    satu, dua = proses(2)
    dunia = satu.hasil("siapkan", slot=15)
    for slot in dunia["slot"]:
        kiriman = satu.hasil("buat_kiriman", slot=slot, by=dunia["anggota"])
        jawaban = serentak(
            (satu, "tarik", {"kiriman": kiriman, "by": dunia["anggota"]}),
            (dua, "putuskan", {"kiriman": kiriman, "by": dunia["tpi_1"]}),
        )
        assert one_won(jawaban) in {
            "Hanya kiriman yang menunggu reviu yang dapat ditarik kembali.",
            "Kiriman ini sudah ditarik kembali oleh tim.",
        }
        ada = satu.hasil("hitung", slot=slot, kiriman=kiriman)
        assert (ada["reviu"], ada["terbuka"]) in {(1, 0), (0, 1)}


def test_one_person_is_not_made_team_and_tpi_by_two_doors_at_once(proses) -> None:
    satu, dua = proses(2)
    for _ in range(15):
        baru = satu.hasil("orang_baru")
        jawaban = serentak(
            (satu, "beri_peran", {**baru, "peran": "anggota"}),
            (dua, "beri_peran", {**baru, "peran": "tpi"}),
        )
        assert "Anggota tim satker tidak boleh menjadi TPI-nya pada tanggal yang sama." in one_won(jawaban)
        assert len(satu.hasil("peran_milik", orang=baru["orang"])) == 1


def test_two_people_handing_over_to_each_other_do_not_wait_for_each_other_for_ever(proses) -> None:
    satu, dua = proses(2)
    for _ in range(15):
        dunia = satu.hasil("dua_anggota")
        (ani, budi), (milik_ani, milik_budi) = dunia["orang"], dunia["milik"]
        jawaban = serentak(
            (satu, "serahkan", {"keanggotaan": milik_ani, "kepada": budi}),
            (dua, "serahkan", {"keanggotaan": milik_budi, "kepada": ani}),
        )
        assert not any("rusak" in j for j in jawaban), jawaban


def test_of_two_who_add_the_same_person_at_once_one_is_told(proses) -> None:
    satu, dua = proses(2)
    for n in range(10):
        k = satu.hasil("kantor")
        baru = {"satker": k["satker"], "username": f"sama{n}"}
        jawaban = serentak(
            *(
                (p, "tambah_orang", {**baru, "by": by, "kunci": kunci})
                for p, by, kunci in zip((satu, dua), k["pengelola"], k["kunci"], strict=True)
            )
        )
        assert "Nama pengguna ini sudah dipakai Orang Baru di satker ini." in one_won(jawaban)
        assert satu.hasil("orang_bernama", username=f"sama{n}") == {"orang": 1, "peran": 1}


@pytest.mark.parametrize("sama", ["username", "nip"])
def test_two_offices_that_take_the_same_name_or_nip_at_once_are_answered_in_words(proses, sama: str) -> None:
    """The lock is an office's: between offices the database itself decides."""
    satu, dua = proses(2)
    for n in range(10):
        jawaban = serentak(
            *((p, "tambah_orang", _orang(satu.hasil("kantor"), sama, n, p is satu)) for p in (satu, dua))
        )
        assert "sudah" in one_won(jawaban)


def _orang(kantor: dict, sama: str, n: int, pertama: bool) -> dict:
    beda = {"username": f"{sama}{n}", "nip": f"{n:018d}"}
    if sama == "nip":
        beda["username"] += "a" if pertama else "b"
    else:
        beda["nip"] = ""
    return {"satker": kantor["satker"], "by": kantor["pengelola"][0], "kunci": kantor["kunci"][0], **beda}


def test_one_button_pressed_twice_adds_one_person_with_one_password(proses) -> None:
    satu, dua = proses(2)
    for n in range(10):
        k = satu.hasil("kantor")
        isian = {
            "satker": k["satker"],
            "by": k["pengelola"][0],
            "kunci": k["kunci"][0],
            "username": f"dua{n}",
        }
        a, b = serentak((satu, "tambah_orang", isian), (dua, "tambah_orang", isian))
        assert a == b
        assert "hasil" in a
        assert satu.hasil("orang_bernama", username=f"dua{n}") == {"orang": 1, "peran": 1}


def test_of_two_who_give_a_new_password_at_once_the_one_who_is_shown_it_is_right(proses) -> None:
    satu, dua = proses(2)
    for _ in range(10):
        k = satu.hasil("kantor")
        jawaban = serentak(
            *(
                (p, "sandi_baru", {"keanggotaan": k["anggota"], "by": by, "kunci": kunci})
                for p, by, kunci in zip((satu, dua), k["pengelola"], k["kunci_sandi"], strict=True)
            )
        )
        assert "baru saja diganti orang lain" in one_won(jawaban)
        sandi = next(j["hasil"] for j in jawaban if "hasil" in j)
        assert satu.hasil("keadaan", keanggotaan=k["anggota"], sandi=sandi)["sandi_cocok"]


def test_of_two_who_end_the_same_membership_one_is_told(proses) -> None:
    satu, dua = proses(2)
    for _ in range(10):
        k = satu.hasil("kantor")
        hari = ("2025-06-30", "2025-12-31")
        jawaban = serentak(
            *(
                (p, "akhiri", {"keanggotaan": k["anggota"], "by": by, "selesai": selesai})
                for p, by, selesai in zip((satu, dua), k["pengelola"], hari, strict=True)
            )
        )
        assert "baru saja diubah orang lain" in one_won(jawaban)
        menang = next(h for h, j in zip(hari, jawaban, strict=True) if "hasil" in j)
        assert satu.hasil("keadaan", keanggotaan=k["anggota"])["selesai"] == menang


def test_a_signatory_and_an_extension_put_down_twice_at_once_are_one(proses) -> None:
    satu, dua = proses(2)
    dunia = satu.hasil("siapkan", slot=10)
    for slot in dunia["slot"]:
        k = satu.hasil("kantor")
        isian = {"satker": k["satker"], "by": k["pengelola"][0], "nama": "Nama, S.H."}
        a, b = serentak((satu, "tanda_tangan", isian), (dua, "tanda_tangan", isian))
        assert (a, "hasil" in a) == (b, True)
        isian = {"slot": slot, "by": dunia["ketua"]}
        a, b = serentak((satu, "perpanjang", isian), (dua, "perpanjang", isian))
        assert (a, "hasil" in a) == (b, True)


def one_won(jawaban: list[dict]) -> str:
    """What the other was told."""
    assert sorted(next(iter(j)) for j in jawaban) == ["ditolak", "hasil"], jawaban
    return next(j["ditolak"] for j in jawaban if "ditolak" in j)
