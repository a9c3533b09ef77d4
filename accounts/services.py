"""Writes about people. Every door (page, admin, command) comes through here."""

import datetime as dt
from collections.abc import Collection
from types import EllipsisType

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.access import BOLEH, PERAN_DARI_OPERATOR, PERAN_TIM, Tindakan, hak, lupakan_hak, require
from accounts.area import SEMUA_AREA
from accounts.models import Membership, Peran, Satker, User
from accounts.sandi import check_keadaan, check_umur, sandi_awal
from accounts.waktu import tanggal_panjang

SATU_HARI = dt.timedelta(days=1)


@transaction.atomic
def save_membership(membership: Membership, *, by: User | None) -> Membership:
    """Add or change a role. `by` None is the command line of the operator.

    ValidationError where the gate between team and TPI, or another rule, is shut.
    """
    check_membership(membership, by=by)
    membership._history_user = by  # type: ignore[attr-defined]
    membership.save()
    lupakan_hak()
    return membership


def check_membership(membership: Membership, *, by: User | None) -> None:
    """What save_membership refuses; the answer holds until the caller's transaction ends."""
    lock_people(membership.user_id)
    tersimpan = Membership.objects.filter(pk=membership.pk).select_related("satker__induk").first()
    for m in filter(None, (tersimpan, membership)):
        check_may_set(m, by)
    membership.full_clean()
    if tersimpan and _jati_diri(tersimpan) != _jati_diri(membership):
        raise ValidationError(
            "Orang, satker, dan peran suatu keanggotaan tidak diubah. "
            "Akhiri keanggotaan ini, lalu buat yang baru."
        )
    if tersimpan is None:
        check_not_operator(membership.user_id)
    check_gate(membership)


def lock_people(*pks: int) -> None:
    """One at a time per person: two doors at once must not both find the gate open."""
    list(User.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


@transaction.atomic
def add_membership(membership: Membership, *, by: User | None) -> Membership:
    """As save_membership; the same asked again (a button pressed twice) is there already."""
    lock_people(membership.user_id)
    check_may_set(membership, by)
    sama = {f: getattr(membership, f) for f in ("user", "satker", "peran", "mulai", "selesai", "area")}
    return Membership.objects.filter(**sama).first() or save_membership(membership, by=by)


@transaction.atomic
def end_membership(
    membership: Membership, *, selesai: dt.date, by: User | None, semula: dt.date | EllipsisType | None = ...
) -> Membership:
    """`semula` is the end that the writer had before them; ValidationError if somebody set another meanwhile."""
    lock_people(membership.user_id)
    kini = Membership.objects.select_related("user", "satker__induk").get(pk=membership.pk)
    check_may_set(kini, by)
    if kini.selesai == selesai:
        return kini
    if semula is not ... and kini.selesai != semula:
        akhir = f"berakhir {tanggal_panjang(kini.selesai)}" if kini.selesai else "berlaku terus"
        raise ValidationError(f"Keanggotaan ini baru saja diubah orang lain, dan kini {akhir}.")
    kini.selesai = selesai
    _check_not_the_last(kini, by)
    return save_membership(kini, by=by)


def _check_not_the_last(membership: Membership, by: User | None) -> None:
    """An office's own people do not leave it without anybody who manages it; the operator may."""
    if membership.peran not in BOLEH[Tindakan.KELOLA] or by is None or by.is_staff:
        return
    # One at a time in an office: two who end each other would both find the other there.
    Satker.objects.select_for_update().get(pk=membership.satker_id)
    sesudah = membership.selesai and membership.selesai + SATU_HARI
    pengelola = Membership.objects.filter(satker=membership.satker, peran__in=BOLEH[Tindakan.KELOLA])
    if (
        not pengelola.exclude(pk=membership.pk)
        .filter(user__is_active=True)
        .overlapping(sesudah, sesudah)
        .exists()
    ):
        raise ValidationError(
            "Sesudah hari itu tidak ada lagi Ketua Tim Kerja ZI atau Sekretaris di satker ini. "
            "Tambahkan dahulu penggantinya, atau minta operator."
        )


@transaction.atomic
@sensitive_variables("sandi")
def add_person(user: User, membership: Membership, *, by: User, kunci: str) -> str:
    """A new person with a role; returns the initial password, which is kept nowhere.

    The same sent twice with the same `kunci` (a button pressed twice, a page loaded again) is done once, and answered
    alike as long as the page is young and the person has no password of their own.
    """
    require(by, Tindakan.KELOLA, membership.satker)
    check_umur(kunci)
    # One at a time in an office: the second finds the first.
    Satker.objects.select_for_update().get(pk=membership.satker_id)
    user.username = user.username.lower()
    sandi = sandi_awal(kunci, [by.pk, *_isian(user), *_isian(membership)])
    ada = User.objects.filter(username__iexact=user.username).first()
    if ada and _masih_memakai(ada, sandi):
        membership.user = ada
        return sandi
    if ada:
        raise ValidationError({"username": _sudah_dipakai(ada, membership.satker)})
    give_initial_password(user, sandi)
    _save_new(user, by)
    membership.user = user
    save_membership(membership, by=by)
    return sandi


def _isian(obj: User | Membership) -> list[object]:
    if isinstance(obj, User):
        return [obj.username, obj.nama, obj.nip, obj.jabatan]
    return [obj.satker_id, obj.peran, obj.mulai, obj.selesai, sorted(obj.area)]


def _masih_memakai(user: User, sandi: str) -> bool:
    return user.sandi_awal_sejak is not None and user.check_password(sandi)


def _sudah_dipakai(ada: User, satker: Satker) -> str:
    """Named only where one sees the person anyway."""
    rekan = Membership.objects.filter(user=ada, satker=satker).exists()
    siapa = f"{ada} di satker ini" if rekan else "orang lain"
    return f"Nama pengguna ini sudah dipakai {siapa}. Bila orangnya sama, pilih Sudah punya akun."


def _save_new(user: User, by: User) -> None:
    user.full_clean()
    user._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        # Another office took the name or the NIP meanwhile: by now it is seen, and said.
        user.full_clean()
        raise


def give_initial_password(user: User, sandi: str) -> None:
    """Whoever gives it knows it: its owner is led to change it before anything else (middleware)."""
    user.set_password(sandi)
    user.sandi_awal_sejak = timezone.now()


@transaction.atomic
@sensitive_variables("sandi")
def reset_password(membership: Membership, *, by: User, kunci: str) -> str:
    """A new password for a colleague who forgot it; who was logged in with the old one is logged out.

    Sent twice with the same `kunci` it is done once. Refused if the password was changed since the page was opened.
    """
    user = User.objects.select_for_update().get(pk=membership.user_id)
    check_may_reset(user, membership, by)
    check_umur(kunci)
    sandi = sandi_awal(kunci, [by.pk, user.pk])
    if _masih_memakai(user, sandi):
        return sandi
    check_keadaan(kunci, user.get_session_auth_hash())
    give_initial_password(user, sandi)
    user._history_user = by  # type: ignore[attr-defined]
    user._change_reason = "Kata sandi diatur ulang"  # type: ignore[attr-defined]
    user.save()
    return sandi


def check_may_reset(user: User, membership: Membership, by: User) -> None:
    """Whoever knows a password can act as its owner: so never beyond what `by` could grant."""
    check_may_set(membership, by)
    if user == by:
        raise PermissionDenied("Kata sandi sendiri diganti lewat Akun saya, Ganti kata sandi.")
    if (user.is_superuser and not by.is_superuser) or (user.is_staff and not by.is_staff):
        raise PermissionDenied("Kata sandi operator hanya dapat diatur ulang oleh operator.")
    if by.is_staff:
        return
    dapat = hak(by)
    for m in Membership.objects.filter(user=user).not_ended().select_related("satker__induk"):
        if m.peran in PERAN_DARI_OPERATOR or not dapat.boleh(Tindakan.KELOLA, m.satker):
            raise PermissionDenied(
                "Orang ini juga bertugas di luar tim satker ini. "
                "Kata sandinya hanya dapat diatur ulang oleh operator."
            )


@transaction.atomic
def change_area(
    membership: Membership, *, area: Collection[int], mulai: dt.date, by: User | None
) -> Membership:
    """From `mulai` on, other areas: the old membership ends the day before, a new one begins."""
    lock_people(membership.user_id)
    lama = Membership.objects.select_related("satker__induk").get(pk=membership.pk)
    if lama.selesai == mulai - SATU_HARI and (sudah := _sudah_disambung(lama, mulai, area)):
        check_may_set(sudah, by)
        return sudah
    _check_begun(lama, mulai)
    if frozenset(area) == lama.area:
        raise ValidationError("Areanya sama dengan yang sekarang; tidak ada yang diubah.")
    if mulai == lama.mulai:
        lama.area = frozenset(area)
        return save_membership(lama, by=by)
    baru = _sambungan(lama, mulai, area)
    end_membership(lama, selesai=mulai - SATU_HARI, by=by)
    return save_membership(baru, by=by)


@transaction.atomic
def hand_over(
    membership: Membership, *, area: Collection[int], kepada: User, mulai: dt.date, by: User | None
) -> None:
    """From `mulai` on, these areas are another person's: one act, so that no task is left without anyone."""
    lock_people(membership.user_id, kepada.pk)
    dari = Membership.objects.select_related("user", "satker__induk").get(pk=membership.pk)
    diserahkan = frozenset(area)
    check_may_set(dari, by)
    if not _sudah_diserahkan(dari, diserahkan, kepada, mulai):
        _check_begun(dari, mulai)
        _check_hand_over(dari, diserahkan, kepada)
        _check_receiver(dari, kepada, mulai)
        _let_go(dari, diserahkan, mulai, by)
        _take_over(dari.satker, diserahkan, kepada, mulai, by)


def _let_go(dari: Membership, area: frozenset[int], mulai: dt.date, by: User | None) -> None:
    sisa = (dari.area or SEMUA_AREA) - area
    if sisa:
        change_area(dari, area=sisa, mulai=mulai, by=by)
    elif mulai == dari.mulai:
        raise ValidationError("Keanggotaan ini baru mulai pada tanggal itu. Serahkan mulai hari sesudahnya.")
    else:
        end_membership(dari, selesai=mulai - SATU_HARI, by=by)


def _take_over(
    satker: Satker, area: frozenset[int], kepada: User, mulai: dt.date, by: User | None
) -> Membership:
    punya = _anggota_pada(satker, kepada, mulai)
    if punya is None:
        baru = Membership(user=kepada, satker=satker, peran=Peran.ANGGOTA, mulai=mulai, area=area)
        return save_membership(baru, by=by)
    gabungan = punya.area | area if punya.area else punya.area
    return punya if gabungan == punya.area else change_area(punya, area=gabungan, mulai=mulai, by=by)


def _anggota_pada(satker: Satker, user: User, hari: dt.date) -> Membership | None:
    anggota = Membership.objects.filter(user=user, satker=satker, peran=Peran.ANGGOTA)
    return anggota.overlapping(hari, hari).first()


def _check_receiver(dari: Membership, kepada: User, mulai: dt.date) -> None:
    """Else the areas are without anyone once the one who takes them has gone."""
    punya = _anggota_pada(dari.satker, kepada, mulai)
    if punya and punya.selesai and (dari.selesai is None or punya.selesai < dari.selesai):
        raise ValidationError(
            f"Keanggotaan {kepada} berakhir {tanggal_panjang(punya.selesai)}, lebih dahulu daripada keanggotaan "
            f"{dari.user}; sesudah itu area yang diserahkan tidak dipegang siapa pun. Ubah dahulu hari terakhir "
            f"{kepada} lewat Akhiri, atau pilih orang lain."
        )


def _sudah_disambung(lama: Membership, mulai: dt.date, area: Collection[int]) -> Membership | None:
    """What a button pressed twice asks for again."""
    kini = _anggota_pada(lama.satker, lama.user, mulai)
    return kini if kini and (kini.mulai, kini.area) == (mulai, frozenset(area)) else None


def _sudah_diserahkan(dari: Membership, area: frozenset[int], kepada: User, mulai: dt.date) -> bool:
    if mulai not in (dari.mulai, dari.selesai and dari.selesai + SATU_HARI) or not area:
        return False
    pemberi, penerima = (
        _anggota_pada(dari.satker, dari.user, mulai),
        _anggota_pada(dari.satker, kepada, mulai),
    )
    masih = (pemberi.area or SEMUA_AREA) & area if pemberi else frozenset()
    return not masih and penerima is not None and area <= (penerima.area or SEMUA_AREA)


def _check_hand_over(dari: Membership, diserahkan: frozenset[int], kepada: User) -> None:
    if dari.peran != Peran.ANGGOTA:
        raise ValidationError("Hanya area seorang anggota yang dapat diserahkan.")
    if dari.user_id == kepada.pk:
        raise ValidationError("Pilih orang lain sebagai penerima.")
    if not diserahkan:
        raise ValidationError("Pilih paling sedikit satu area yang diserahkan.")
    if not diserahkan <= (dari.area or SEMUA_AREA):
        raise ValidationError("Hanya area yang diampu orang ini yang dapat diserahkan.")


def _check_begun(m: Membership, mulai: dt.date) -> None:
    if mulai < m.mulai:
        raise ValidationError(f"Tidak boleh mendahului mulainya keanggotaan, {tanggal_panjang(m.mulai)}.")
    if m.selesai and mulai > m.selesai:
        raise ValidationError(f"Keanggotaan ini sudah berakhir {tanggal_panjang(m.selesai)}.")


def _sambungan(m: Membership, mulai: dt.date, area: Collection[int]) -> Membership:
    return Membership(
        user=m.user, satker=m.satker, peran=m.peran, mulai=mulai, selesai=m.selesai, area=frozenset(area)
    )


def _jati_diri(m: Membership) -> tuple[int, int, str]:
    return (m.user_id, m.satker_id, m.peran)


def check_may_set(membership: Membership, by: User | None) -> None:
    if by is None or by.is_staff:
        return
    require(by, Tindakan.KELOLA, membership.satker)
    if membership.peran in PERAN_DARI_OPERATOR:
        raise PermissionDenied("TPI dan Pembina hanya dapat ditetapkan oleh operator.")


def check_not_operator(user: int) -> None:
    """Who appoints TPI appoints nobody who sees evidence in the same account."""
    if User.objects.filter(pk=user, is_staff=True).exists():
        raise ValidationError(
            "Akun ini akun operator, yang tidak melihat bukti. Pakai akun lain untuk peran di satker."
        )


def check_gate(membership: Membership) -> None:
    """Nobody is in an office's team and its TPI on the same day, and no role is held twice at once."""
    sedang = (
        Membership.objects.filter(user=membership.user_id, satker=membership.satker_id)
        .exclude(pk=membership.pk)
        .overlapping(membership.mulai, membership.selesai)
    )
    for lain in sedang:
        if lain.peran == membership.peran:
            raise ValidationError(f"Peran ini sudah dipegang {_selama(lain)}. Akhiri dahulu yang lama.")
        if _bentrok(lain.peran, membership.peran):
            raise ValidationError(
                f"Orang ini {lain.get_peran_display()} di {lain.satker} {_selama(lain)}. "
                "Anggota tim satker tidak boleh menjadi TPI-nya pada tanggal yang sama."
            )


def _bentrok(satu: str, dua: str) -> bool:
    return (satu == Peran.TPI and dua in PERAN_TIM) or (dua == Peran.TPI and satu in PERAN_TIM)


def _selama(m: Membership) -> str:
    sampai = tanggal_panjang(m.selesai) if m.selesai else "sekarang"
    return f"sejak {tanggal_panjang(m.mulai)} sampai {sampai}"
