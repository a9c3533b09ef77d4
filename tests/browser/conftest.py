"""A real browser against the real server. Every test here is marked `browser`.

Chromium is found by ZI_CHROMIUM, else on the path. Whatever the browser complains of (a script error, a
refused style or script, a file that does not come) fails the test that met it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.kantor import Kantor
from tests.browser.pengamat import Pengamat

# Playwright's synchronous API runs inside an event loop, where Django refuses the database unless told.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("ZI_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is no fault of the page: only a wait that ends shows one.
SABAR = 30_000
expect.set_options(timeout=SABAR)
LEBAR, PONSEL = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kantor_asal(tmp_path_factory: pytest.TempPathFactory) -> Kantor:
    """The demo office as it is on the first day; served only through copies."""
    kantor = Kantor(tmp_path_factory.mktemp("kantor") / "asal")
    kantor.prepare()
    return kantor


@pytest.fixture(scope="module")
def kantor(kantor_asal: Kantor, request: pytest.FixtureRequest) -> Iterator[Kantor]:
    """What one module's tests write, the next module's never see."""
    salinan = kantor_asal.copy(kantor_asal.folder.parent / request.module.__name__.rpartition(".")[2])
    salinan.start()
    yield salinan
    salinan.stop()
    assert salinan.errors() == []


BukaHalaman = Callable[..., Page]


@pytest.fixture
def buka(chromium: Browser, kantor: Kantor) -> Iterator[BukaHalaman]:
    """`buka("tpi")` is a page in the browser of somebody who is logged in; `buka()` of nobody."""
    contexts: list[BrowserContext] = []
    pengamat = Pengamat()

    def buka(peran: str = "", *, ukuran: dict = LEBAR, **options: object) -> Page:
        context = chromium.new_context(
            base_url=kantor.url,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            viewport=ukuran,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(SABAR)
        contexts.append(context)
        if peran:
            context.add_cookies(
                [{"name": "sessionid", "value": kantor.isi["sesi"][peran], "url": kantor.url}]
            )
        page = context.new_page()
        pengamat.watch(page)
        return page

    yield buka
    for context in contexts:
        context.close()
    assert pengamat.keluhan == []
