"""Administrasi in a browser: each kind of page, wide, on a phone and in the dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import LEBAR, PONSEL
from tests.browser.test_setiap_halaman import ATURAN, too_wide

AXE = Axe()
# Django's own sheets import one another; axe would read them through an inline style, which the policy refuses.
ATURAN_ADMIN = {**ATURAN, "preload": False}
DAFTAR = sorted(f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry)
BISA_TAMBAH = {"accounts_membership", "accounts_satker", "accounts_user", "monev_penandatangan"}


def pages(page: Page, daftar: str) -> Iterator[str]:
    """The list, a new row, the first row and its history: each is opened before it is named."""
    yield from visit(page, reverse(f"admin:{daftar}_changelist"))
    baris = page.locator("#result_list tbody th a").first
    alamat = baris.get_attribute("href") if baris.count() else None
    if daftar in BISA_TAMBAH:
        yield from visit(page, reverse(f"admin:{daftar}_add"))
    if alamat:
        yield from visit(page, alamat)
        yield from visit(page, alamat.replace("/change/", "/history/"))
    if daftar == "accounts_user":
        yield from visit(page, alamat.replace("/change/", "/password/"))


def visit(page: Page, alamat: str) -> Iterator[str]:
    response = page.goto(alamat)
    assert response.status == 200, (alamat, response.status)
    yield alamat


@pytest.mark.parametrize("daftar", DAFTAR)
def test_pages_of(daftar: str, buka) -> None:
    page = buka("operator")
    salah = [f"{alamat} {kata}" for alamat in pages(page, daftar) for kata in faults(page)]
    assert salah == []


@pytest.mark.parametrize("alamat", ["/administrasi/", "/administrasi/accounts/"])
def test_the_ways_in(alamat: str, buka) -> None:
    page = buka("operator")
    page.goto(alamat)
    assert faults(page) == []


def test_a_list_that_is_searched_filtered_and_sorted(buka) -> None:
    page = buka("operator")
    page.goto("/administrasi/accounts/user/?q=demo&is_active__exact=1&o=1.-2")
    assert page.locator("#result_list tbody tr").count() == 12
    assert faults(page) == []


def test_beside_a_filter_no_column_is_cut_off(buka) -> None:
    page = buka("operator")
    page.goto("/administrasi/accounts/user/")
    tabel = page.locator("#changelist .results")
    assert tabel.evaluate("el => el.scrollWidth <= el.clientWidth")
    assert too_wide(page) == []


def faults(page: Page) -> list[str]:
    page.set_viewport_size(LEBAR)
    lebar = violations(page, "lebar")
    page.set_viewport_size(PONSEL)
    ponsel = violations(page, "ponsel") + too_wide(page) + too_small(page)
    return lebar + ponsel + in_the_dark(page) + in_english(page)


def in_the_dark(page: Page) -> list[str]:
    """Where each kind of page is seen once."""
    if not page.url.partition("/administrasi/")[2].startswith(("accounts/user", "actionplan/rencana")):
        return []
    page.emulate_media(color_scheme="dark")
    gelap = violations(page, "gelap")
    page.emulate_media(color_scheme="light")
    return gelap


def violations(page: Page, tampilan: str) -> list[str]:
    found = AXE.run(page, options=ATURAN_ADMIN).response["violations"]
    return [f"{tampilan}: {v['id']} {n['html'][:160]}" for v in found for n in v["nodes"]]


def too_small(page: Page) -> list[str]:
    """A box to tick counts with its label; where it has none (a row of a list), and for sorting, 24 px."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
            .filter(e => e.checkVisibility({visibilityProperty: true}))
            .map(e => [e, (e.labels && e.type == 'checkbox' && e.labels[0] || e).getBoundingClientRect(),
                       e.type == 'checkbox' && !e.labels.length || e.closest('.sortoptions') ? 24 : 43.9])
            .filter(([e, k, paling]) => k.width && (k.width < paling || k.height < paling))
            .map(([e, k]) => [k.width, k.height, e.outerHTML.slice(0, 90)].join(" "))"""
    )


INGGRIS = {"Search", "True", "False", "Breadcrumbs", "Sidebar", "Deleted", "Go", "Home", "total", "staff"}


def in_english(page: Page) -> list[str]:
    """What is shown or read out: text, and the words of pictures and marks."""
    teks = page.evaluate(
        """() => [document.body.innerText, ...[...document.querySelectorAll('[alt], [title], [aria-label]')]
            .map(e => [e.alt, e.title, e.ariaLabel].join(' '))].join(' ')"""
    )
    return [f"Inggris: {kata}" for kata in sorted(INGGRIS & set(teks.replace(":", " ").split()))]
