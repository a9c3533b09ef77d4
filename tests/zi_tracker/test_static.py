import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Made into a PDF by the demo office, never sent to a browser.
PAPER_ONLY = {ROOT / "templates/monev/demo/surat.html"}
SPRITE = (ROOT / "static" / "ikon.svg").read_text()
ICON_TAG = re.compile(r"""{% ikon ["']([a-z0-9-]+)["']""")
INLINE = re.compile(r"""\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|<style""")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_of_a_template_is_in_the_sprite(template: Path) -> None:
    names = set(ICON_TAG.findall(template.read_text()))

    assert {name for name in names if f'id="i-{name}"' not in SPRITE} == set()


@pytest.mark.parametrize(
    "template", sorted({*TEMPLATES} - PAPER_ONLY), ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_template_needs_inline_script_or_style(template: Path) -> None:
    assert INLINE.search(template.read_text()) is None


def test_the_sprite_holds_what_its_list_names() -> None:
    names = (ROOT / "static/vendor/bootstrap-icons/daftar.txt").read_text().split()

    assert re.findall(r'<symbol id="i-([a-z0-9-]+)"', SPRITE) == sorted(set(names))


def test_every_static_file_can_be_served_by_its_hashed_name(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_by_hash_and_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text()
    requirements = re.findall(r"^[a-z0-9][^ =]*==.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)

    assert requirements
    assert all("--hash=sha256:" in requirement for requirement in requirements)
    assert not re.search(r"https?:|--(extra-)?index|--find-links", text)


def test_the_policy_lets_nothing_inline_run_and_nobody_frame_a_page(client: Client) -> None:
    policy = client.get("/administrasi/login/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
