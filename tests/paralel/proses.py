"""One process that writes when told: a JSON line in, a JSON line out. Started by test_paralel.py."""

import datetime as dt
import json
import sys

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from accounts.models import Membership, Peran, User
from accounts.sandi import kunci_baru
from accounts.services import add_person, end_membership, hand_over, reset_password, save_membership
from actionplan.models import Tenggat
from actionplan.services import grant_extension
from evidence.models import Evidence, Review, Slot, Submission
from evidence.services import open_draft, review, send, withdraw
from monev.models import Penandatangan, Realisasi
from monev.penandatangan import save_penandatangan
from monev.services import save_realisasi
from tests.factories import (
    make_draft,
    make_member,
    make_rencana,
    make_satker,
    make_sent,
    make_slot,
    make_tautan,
    make_user,
    wib,
)

PAGI = wib(2025, 6, 10)


def siapkan(slot: int) -> dict:
    rencana = make_rencana()
    peran = {
        "anggota": Peran.ANGGOTA,
        "ketua": Peran.KETUA_TIM,
        "tpi_1": Peran.TPI,
        "tpi_2": Peran.TPI,
    }
    orang = {nama: make_member(rencana.satker, p).pk for nama, p in peran.items()}
    return {**orang, "slot": [make_slot(rencana).pk for _ in range(slot)]}


def buat_draf(slot: int, by: int) -> int:
    return make_draft(Slot.objects.get(pk=slot), User.objects.get(pk=by), at=PAGI).pk


def buat_kiriman(slot: int, by: int) -> int:
    return make_sent(Slot.objects.get(pk=slot), User.objects.get(pk=by), at=PAGI).pk


def tulis_realisasi(slot: int, by: int, kali: int) -> None:
    tenggat, orang = Slot.objects.get(pk=slot).tenggat, User.objects.get(pk=by)
    for n in range(kali):
        save_realisasi(tenggat=tenggat, by=orang, uraian=f"Catatan {n}")


def tulis_bukti(slot: int, by: int, kali: int) -> None:
    """Reads before it writes in one transaction: SQLite refuses that at once unless the settings help."""
    orang = User.objects.get(pk=by)
    for _ in range(kali):
        with transaction.atomic():
            tenggat = Tenggat.objects.select_related("indikator__komponen__area__rencana__satker").get(
                kebutuhan=slot
            )
            satker = tenggat.indikator.komponen.area.rencana.satker
            make_tautan(satker, orang, tanggal=dt.date(2025, 6, 10))


def mulai_draf(slot: int, by: int) -> int:
    return open_draft(slot=Slot.objects.get(pk=slot), by=User.objects.get(pk=by)).pk


def kirim(kiriman: int, by: int) -> None:
    send(submission=Submission.objects.get(pk=kiriman), by=User.objects.get(pk=by))


def tarik(kiriman: int, by: int) -> None:
    withdraw(submission=Submission.objects.get(pk=kiriman), by=User.objects.get(pk=by))


def putuskan(kiriman: int, by: int) -> None:
    review(
        submission=Submission.objects.get(pk=kiriman),
        by=User.objects.get(pk=by),
        keputusan="sesuai",
        tanggal_dokumen=dt.date(2025, 6, 10),
    )


def orang_baru() -> dict:
    return {"orang": make_user().pk, "satker": make_satker().pk}


def beri_peran(orang: int, satker: int, peran: str) -> None:
    baru = Membership(user_id=orang, satker_id=satker, peran=peran, mulai=PAGI.date())
    save_membership(baru, by=None)


def serahkan(keanggotaan: int, kepada: int) -> None:
    dari, orang = Membership.objects.get(pk=keanggotaan), User.objects.get(pk=kepada)
    hand_over(dari, area={1}, kepada=orang, mulai=PAGI.date(), by=None)


def dua_anggota() -> dict:
    satker = make_satker()
    orang = [make_member(satker, area=area) for area in ((1, 2), (1, 3))]
    milik = Membership.objects.filter(satker=satker)
    return {"orang": [o.pk for o in orang], "milik": [milik.get(user=o).pk for o in orang]}


def kantor() -> dict:
    """An office with two who manage it, and the key of a page that each has open."""
    satker = make_satker()
    dua = [make_member(satker, Peran.KETUA_TIM).pk, make_member(satker, Peran.SEKRETARIS).pk]
    anggota = make_member(satker)
    return {
        "satker": satker.pk,
        "pengelola": dua,
        "kunci": [kunci_baru(), kunci_baru()],
        "anggota": Membership.objects.get(user=anggota).pk,
        "kunci_sandi": [kunci_baru(anggota.get_session_auth_hash()) for _ in dua],
    }


def tambah_orang(satker: int, by: int, kunci: str, username: str, nip: str = "") -> str:
    user = User(username=username, nama="Orang Baru", nip=nip)
    peran = Membership(user=user, satker_id=satker, peran=Peran.ANGGOTA, mulai=PAGI.date())
    return add_person(user, peran, by=User.objects.get(pk=by), kunci=kunci)


def sandi_baru(keanggotaan: int, by: int, kunci: str) -> str:
    return reset_password(Membership.objects.get(pk=keanggotaan), by=User.objects.get(pk=by), kunci=kunci)


def akhiri(keanggotaan: int, by: int, selesai: str) -> None:
    milik = Membership.objects.get(pk=keanggotaan)
    hari = dt.date.fromisoformat(selesai)
    end_membership(milik, selesai=hari, semula=None, by=User.objects.get(pk=by))


def tanda_tangan(satker: int, by: int, nama: str) -> int:
    baru = Penandatangan(
        satker_id=satker, fungsi="pembuat", jabatan="Sekretaris", nama=nama, mulai=PAGI.date()
    )
    return save_penandatangan(baru, by=User.objects.get(pk=by)).pk


def perpanjang(slot: int, by: int) -> int:
    tenggat = Slot.objects.get(pk=slot).tenggat
    batas = tenggat.jatuh_tempo + dt.timedelta(days=7)
    return grant_extension(tenggat=tenggat, batas_baru=batas, alasan="Banjir.", by=User.objects.get(pk=by)).pk


def orang_bernama(username: str) -> dict:
    """How many there are, with how many roles, and until when; whose password is what."""
    orang = User.objects.filter(username=username)
    return {"orang": orang.count(), "peran": Membership.objects.filter(user__in=orang).count()}


def keadaan(keanggotaan: int, sandi: str = "") -> dict:
    milik = Membership.objects.select_related("user").get(pk=keanggotaan)
    return {"selesai": str(milik.selesai), "sandi_cocok": milik.user.check_password(sandi)}


def peran_milik(orang: int) -> list[str]:
    return list(Membership.objects.filter(user=orang).values_list("peran", flat=True))


def hitung(slot: int, kiriman: int | None = None) -> dict:
    """What is in the database."""
    rounds = Submission.objects.filter(kebutuhan=slot)
    return {
        "versi": list(Realisasi.objects.filter(tenggat__kebutuhan=slot).values_list("versi", flat=True)),
        "bukti": Evidence.objects.count(),
        "putaran": rounds.count(),
        "terbuka": rounds.filter(ditutup_pada__isnull=True).count(),
        "reviu": Review.objects.filter(submission=kiriman).count(),
    }


PERINTAH = {
    f.__name__: f
    for f in (
        siapkan,
        buat_draf,
        buat_kiriman,
        tulis_realisasi,
        tulis_bukti,
        mulai_draf,
        kirim,
        tarik,
        putuskan,
        orang_baru,
        beri_peran,
        dua_anggota,
        serahkan,
        peran_milik,
        kantor,
        tambah_orang,
        sandi_baru,
        akhiri,
        tanda_tangan,
        perpanjang,
        orang_bernama,
        keadaan,
        hitung,
    )
}


def jawab(perintah: str, **isian: object) -> dict:
    try:
        return {"hasil": PERINTAH[perintah](**isian)}
    except (ValidationError, PermissionDenied) as error:
        return {"ditolak": " ".join(getattr(error, "messages", [str(error)]))}
    except Exception as error:
        return {"rusak": f"{type(error).__name__}: {error}"}


def main() -> None:
    connection.ensure_connection()
    for baris in sys.stdin:
        sys.stdout.write(json.dumps(jawab(**json.loads(baris))) + "\n")
        sys.stdout.flush()
