"""accounts.sesi: session and person are asked anew at every request."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories import make_member, make_satker, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def masuk(client):
    orang = make_member(make_satker())
    client.force_login(orang)
    assert client.get("/akun/").status_code == 200
    return orang


def test_who_is_made_inactive_is_out_at_the_next_request(client, masuk):
    masuk.is_active = False
    masuk.save()
    assert client.get("/akun/").status_code == 302


def test_a_session_past_its_day_is_out(client, masuk):
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert client.get("/akun/").status_code == 302


def test_a_session_that_was_ended_elsewhere_is_out(client, masuk):
    Session.objects.all().delete()
    assert client.get("/akun/").status_code == 302


def test_the_name_is_that_of_now(client, masuk):
    masuk.nama = "Nama Yang Baru"
    masuk.save()
    assert "Nama Yang Baru" in client.get("/akun/").content.decode()


def test_each_session_is_its_own(client, masuk):
    lain = type(client)()
    lain.force_login(make_member(make_satker(), user=make_user(nama="Orang Lain")))
    assert "Orang Lain" in lain.get("/akun/").content.decode()
    assert "Orang Lain" not in client.get("/akun/").content.decode()
