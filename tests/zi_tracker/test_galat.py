"""The error pages: Indonesian, in our look, and able to stand where what they report has failed."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from tests.factories import make_user
from zi_tracker import urls as asli


def menolak(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Hanya Sekretaris yang dapat menutup triwulan.")


def menolak_tanpa_kata(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def mencurigakan(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("rahasia dapur")


def rusak(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rahasia dapur")


@require_POST
def hanya_kiriman(request: HttpRequest) -> HttpResponse:
    return HttpResponse("diterima")


urlpatterns = [
    path("uji/hanya-kiriman/", hanya_kiriman),
    path("uji/menolak/", menolak),
    path("uji/menolak-tanpa-kata/", menolak_tanpa_kata),
    path("uji/mencurigakan/", mencurigakan),
    path("uji/rusak/", rusak),
    *asli.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    asli.handler400,
    asli.handler403,
    asli.handler404,
    asli.handler500,
)


@pytest.fixture
def klien(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("masuk", [False, True], ids=["tamu", "pengguna"])
@pytest.mark.parametrize(
    ("alamat", "status", "kata"),
    [
        ("/uji/hanya-kiriman/", 405, "Alamat ini bukan halaman"),
        ("/tidak-ada/", 404, "Halaman tidak ditemukan"),
        ("/uji/menolak/", 403, "Hanya Sekretaris yang dapat menutup triwulan."),
        ("/uji/menolak-tanpa-kata/", 403, "Peran Anda tidak membolehkan tindakan ini."),
        ("/uji/mencurigakan/", 400, "Permintaan tidak terbaca"),
        ("/uji/rusak/", 500, "Terjadi kesalahan di pihak kami"),
    ],
)
def test_each_error_has_its_page(klien, masuk, alamat, status, kata):
    if masuk:
        klien.force_login(make_user())
    jawaban = klien.get(alamat)
    assert jawaban.status_code == status
    halaman = jawaban.content.decode()
    assert kata in halaman
    assert '<html lang="id">' in halaman
    assert 'class="zi-merek"' in halaman
    assert "rahasia dapur" not in halaman


def test_the_page_of_a_server_error_needs_no_database(klien):
    # Not marked django_db: any query fails the test.
    jawaban = klien.get("/uji/rusak/")
    assert jawaban.status_code == 500
    assert "Terjadi kesalahan" in jawaban.content.decode()


def test_a_host_that_is_not_ours_gets_the_plain_page(klien):
    jawaban = klien.get("/masuk/", headers={"host": "orang-lain.example"})
    assert jawaban.status_code == 400
    assert "Permintaan tidak terbaca" in jawaban.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_refused_with_what_to_do(settings):
    klien = Client(enforce_csrf_checks=True)
    klien.force_login(make_user())
    jawaban = klien.post("/keluar/", {"catatan": "Halaman 2 belum ditandatangani."})
    assert "Halaman 2 belum ditandatangani.</textarea>" in jawaban.content.decode()
    assert jawaban.status_code == 403
    assert "Belum tersimpan" in jawaban.content.decode()
    assert "_auth_user_id" in klien.session
