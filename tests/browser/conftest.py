"""A real browser against a real server. Every test here is marked `browser`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright's synchronous API runs inside an event loop, where Django refuses the database unless told.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: in memory, server and test would share one connection and trip over each other."""
    database = django_settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"]:
        database["TEST"] = {
            **database.get("TEST", {}),
            "NAME": str(tmp_path_factory.mktemp("db") / "zi.sqlite3"),
        }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def konteks(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        locale="id-ID", timezone_id="Asia/Jakarta", viewport={"width": 1366, "height": 768}
    )
    yield context
    context.close()


@pytest.fixture
def halaman(konteks: BrowserContext) -> Iterator[Page]:
    """A page; whatever the browser complains of (a script error, a refused style) fails the test."""
    page = konteks.new_page()
    keluhan: list[str] = []
    page.on("pageerror", lambda error: keluhan.append(str(error)))
    page.on("console", lambda pesan: keluhan.append(pesan.text) if pesan.type == "error" else None)
    yield page
    assert keluhan == []
