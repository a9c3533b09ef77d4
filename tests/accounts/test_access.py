"""Who may do what: the table as DESIGN has it, and the edges of role, area, office, day and zone."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import (
    BOLEH,
    Tindakan,
    get_membership_for,
    get_satker_for,
    hak,
    ingat_hak,
    lupakan_hak,
    penanggung_jawab,
    require,
)
from accounts.models import Membership, Peran, Satker
from tests.factories import make_member, make_rencana, make_satker, make_user

pytestmark = pytest.mark.django_db

T = Tindakan

# Word for word the table of DESIGN, section 6; the order of the columns is the order of Peran.
TABEL = {
    #                 anggota ketua sekr. pimp. tpi   pembina
    T.LIHAT: ("ya", "ya", "ya", "ya", "ya", "ya"),
    T.LIHAT_RAHASIA: ("area", "ya", "ya", "-", "ya", "-"),
    T.LIHAT_DRAF: ("area", "ya", "ya", "-", "-", "-"),
    T.LIHAT_LEPAS: ("-", "ya", "-", "-", "-", "-"),
    T.TULIS: ("area", "ya", "-", "-", "-", "-"),
    T.KELOLA: ("-", "ya", "ya", "-", "-", "-"),
    T.REVIU: ("-", "-", "-", "-", "ya", "-"),
    T.TUTUP: ("-", "-", "ya", "-", "-", "-"),
    # Beyond the table of section 6: erasing by law, by these two together.
    T.HAPUS: ("-", "ya", "ya", "-", "-", "-"),
}
SEL = [(t, p, sel) for t, baris in TABEL.items() for p, sel in zip(Peran, baris, strict=True)]


@pytest.fixture
def satker() -> Satker:
    return make_satker()


def test_the_table_forgets_no_act():
    assert set(TABEL) == set(Tindakan) == set(BOLEH)


@pytest.mark.parametrize(("tindakan", "peran", "sel"), SEL, ids=[f"{t.name}-{p}" for t, p, _ in SEL])
def test_each_cell(satker, tindakan, peran, sel):
    user = make_member(satker, peran, area=(1,) if peran == Peran.ANGGOTA else ())
    assert hak(user).boleh(tindakan, satker) is (sel != "-")
    assert hak(user).boleh(tindakan, satker, area=1) is (sel != "-")
    assert hak(user).boleh(tindakan, satker, area=2) is (sel == "ya")
    assert hak(user).boleh(tindakan, make_satker(), area=1) is False


class TestArea:
    def test_no_area_named_means_every_area(self, satker):
        user = make_member(satker, Peran.ANGGOTA)
        assert all(hak(user).boleh(T.TULIS, satker, area) for area in range(1, 7))

    def test_areas_bind_only_an_anggota(self, satker):
        ketua = make_member(satker, Peran.KETUA_TIM, area=(1,))
        assert hak(ketua).boleh(T.TULIS, satker, area=6)

    def test_two_roles_may_do_what_either_may(self, satker):
        user = make_member(satker, Peran.ANGGOTA, area=(1,))
        make_member(satker, Peran.SEKRETARIS, user=user)
        assert hak(user).boleh(T.TUTUP, satker)
        assert hak(user).boleh(T.LIHAT_RAHASIA, satker, area=6)
        assert not hak(user).boleh(T.TULIS, satker, area=6)

    def test_the_query_says_the_same_as_the_question(self, satker):
        user = make_member(satker, Peran.ANGGOTA, area=(2, 5))
        make_member(make_satker(), Peran.KETUA_TIM, user=user)
        rencana = make_rencana(satker)
        q = hak(user).area_q(T.TULIS, "rencana__satker", "nomor")
        terlihat = set(rencana.area.filter(q).values_list("nomor", flat=True))
        assert terlihat == {n for n in range(1, 7) if hak(user).boleh(T.TULIS, satker, n)} == {2, 5}


class TestPembina:
    @pytest.fixture
    def pohon(self):
        ri = make_satker("1", tingkat="ri")
        provinsi = make_satker("15", tingkat="provinsi", induk=ri)
        return ri, provinsi, make_satker("1503", induk=provinsi)

    @pytest.mark.parametrize(
        ("di", "terlihat"), [(0, {"1", "15", "1503"}), (1, {"15", "1503"}), (2, {"1503"})]
    )
    def test_sees_its_own_office_and_two_levels_below(self, pohon, di, terlihat):
        make_satker("16", tingkat="provinsi")
        user = make_member(pohon[di], Peran.PEMBINA)
        kode = Satker.objects.visible_to(user).values_list("kode", flat=True)
        assert set(kode) == terlihat
        assert {s.kode for s in pohon if hak(user).boleh(T.LIHAT, s)} == terlihat

    def test_other_roles_see_nothing_below(self, pohon):
        user = make_member(pohon[1], Peran.PIMPINAN)
        assert list(Satker.objects.visible_to(user)) == [pohon[1]]
        assert not hak(user).boleh(T.LIHAT, pohon[2])

    def test_sees_and_does_nothing_else(self, pohon):
        user = make_member(pohon[0], Peran.PEMBINA)
        assert {t for t in Tindakan if hak(user).boleh(t, pohon[2])} == {T.LIHAT}


class TestHari:
    HARI = dt.date(2025, 6, 15)

    @pytest.mark.parametrize(
        ("mulai", "selesai", "berlaku"),
        [
            (-1, None, True),
            (0, None, True),
            (1, None, False),
            (-9, 0, True),
            (-9, -1, False),
            (0, 0, True),
        ],
    )
    def test_first_and_last_day_count(self, satker, mulai, selesai, berlaku):
        hari = [self.HARI + dt.timedelta(days=n) if n is not None else None for n in (mulai, selesai)]
        user = make_member(satker, Peran.ANGGOTA, mulai=hari[0], selesai=hari[1])
        with time_machine.travel(dt.datetime(2025, 6, 15, 12, tzinfo=dt.UTC), tick=False):
            assert hak(user).boleh(T.LIHAT, satker) is berlaku

    @pytest.mark.parametrize(("zona", "jam_utc"), [("WIB", 17), ("WITA", 16), ("WIT", 15)])
    def test_the_day_turns_at_midnight_of_the_office(self, zona, jam_utc):
        satker = make_satker(zona_waktu=zona)
        lama = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1), selesai=dt.date(2025, 5, 31))
        baru = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 6, 1))
        tengah_malam = dt.datetime(2025, 5, 31, jam_utc, tzinfo=dt.UTC)
        for saat, siapa in [(tengah_malam - dt.timedelta(seconds=1), lama), (tengah_malam, baru)]:
            with time_machine.travel(saat, tick=False):
                assert [u for u in (lama, baru) if hak(u).keanggotaan] == [siapa]
                assert [m.user for m in Membership.objects.not_ended()] == [lama, baru][siapa is baru :]

    def test_an_inactive_account_may_nothing(self, satker):
        user = make_member(satker, Peran.KETUA_TIM)
        user.is_active = False
        assert hak(user).keanggotaan == ()

    def test_a_visitor_may_nothing(self, satker):
        assert hak(AnonymousUser()).keanggotaan == ()
        assert list(Satker.objects.filter(hak(AnonymousUser()).satker_q())) == []

    def test_an_operator_without_a_role_sees_no_office(self, satker):
        operator = make_user(is_staff=True, is_superuser=True)
        assert list(Satker.objects.visible_to(operator)) == []


class TestPenolakan:
    def test_seen_but_not_allowed_is_said_in_words(self, satker):
        user = make_member(satker, Peran.PIMPINAN)
        kata = "Hanya Ketua Tim Kerja ZI dan Sekretaris yang dapat mengoreksi rencana"
        with pytest.raises(PermissionDenied, match=kata):
            require(user, T.KELOLA, satker)

    def test_another_area_is_named_as_the_reason(self, satker):
        user = make_member(satker, Peran.ANGGOTA, area=(1,))
        with pytest.raises(PermissionDenied, match="di areanya"):
            require(user, T.TULIS, satker, 2)

    def test_an_office_not_seen_does_not_exist(self, satker):
        make_satker("9999")
        user = make_member(satker, Peran.KETUA_TIM)
        for kode in ("9999", "0000"):
            with pytest.raises(Http404):
                get_satker_for(user, kode)

    def test_a_role_in_an_office_not_seen_does_not_exist(self, satker):
        make_member(make_satker(), Peran.ANGGOTA)
        asing = Membership.objects.get()
        ketua = make_member(satker, Peran.KETUA_TIM)
        with pytest.raises(Http404):
            get_membership_for(ketua, asing.pk)

    def test_a_role_seen_by_who_does_not_manage_is_refused(self, satker):
        user = make_member(satker, Peran.TPI)
        with pytest.raises(PermissionDenied):
            get_membership_for(user, Membership.objects.get().pk)


def test_penanggung_jawab_are_todays_members_of_each_area(satker):
    ani = make_member(satker, Peran.ANGGOTA, area=(1, 2), user=make_user(nama="Ani"))
    budi = make_member(satker, Peran.ANGGOTA, user=make_user(nama="Budi"))
    make_member(satker, Peran.ANGGOTA, area=(1,), selesai=dt.date(2020, 12, 31))
    make_member(satker, Peran.KETUA_TIM)
    make_member(make_satker(), Peran.ANGGOTA, area=(1,))
    assert penanggung_jawab(satker, [1, 3]) == {1: [ani, budi], 3: [budi]}


def test_roles_are_asked_once_in_a_request_and_anew_after_a_change(django_assert_num_queries) -> None:
    satker = make_satker()
    orang = make_member(satker)
    with ingat_hak(), django_assert_num_queries(2):
        assert hak(orang) == hak(orang)
        lupakan_hak()
        hak(orang)
