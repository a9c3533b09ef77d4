"""Habits of the house that a reader of one file would not notice broken."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Field
from django.urls import URLPattern

from tests.akses.jelajah import all_patterns
from tests.akses.tabel import baca

RUANG = ("accounts", "actionplan", "evidence", "monev")
TEMPLAT_DI = settings.BASE_DIR / "templates"
TEMPLAT = sorted(TEMPLAT_DI.rglob("*.html"))
VIEWS = sorted(
    file
    for ruang in RUANG
    for file in [
        *(settings.BASE_DIR / ruang).glob("views.py"),
        *(settings.BASE_DIR / ruang).glob("views/*.py"),
    ]
)

PILIHAN = [
    kolom
    for model in apps.get_models()
    if model._meta.app_label in RUANG and not hasattr(model, "history_object")
    for kolom in model._meta.local_concrete_fields
    if kolom.choices
]

# Words of a program that was never translated. None of them is an Indonesian word.
INGGRIS = {
    *("Submit", "Save", "Cancel", "Delete", "Upload", "Download", "Search", "Login", "Logout", "Sign"),
    *("Password", "Username", "Email", "Back", "Next", "Previous", "Close", "Open", "Edit", "Add", "Remove"),
    *("Loading", "Error", "Warning", "Success", "Home", "Dashboard", "Settings", "Profile", "Click", "Here"),
    *("Please", "Choose", "Select", "Files", "Today", "Week", "Month", "Year", "Show", "Hide", "Yes"),
    *("Required", "Optional", "Deadline", "Approved", "Rejected", "Pending", "Draft", "Overdue", "Done"),
    *("Review", "Reviewer", "Pages", "Welcome", "the", "and", "your", "with", "this"),
}

BARIS_DALAM = r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)"

# A model or its manager asked straight away. Fine: what is visible to somebody, and once more what was asked for.
AMBIL_SENDIRI = r"[A-Z]\w+\.objects\b.*\.(get|first|last)\(|get_object_or_404\([A-Z]"
SUDAH_DITANYA = r"visible_to\(|\(pk=\w+\.(pk|\w+_id)\)$"


def nama(file: Path) -> str:
    return str(file.relative_to(settings.BASE_DIR))


def without_tags(teks: str) -> str:
    """What a template says to a person: no template code, no markup but titles and labels."""
    teks = re.sub(
        r"{#.*?#}|{%.*?%}|{{.*?}}|<script.*?</script>|<style.*?</style>", " ", teks, flags=re.DOTALL
    )
    sebutan = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', teks)
    return " ".join([re.sub(r"<[^>]*>", " ", teks, flags=re.DOTALL), *sebutan])


@pytest.mark.parametrize("file", TEMPLAT, ids=nama)
def test_templates_speak_indonesian(file: Path) -> None:
    kata = set(re.findall(r"[A-Za-z]+", without_tags(file.read_text())))
    assert kata & INGGRIS == set()


@pytest.mark.parametrize("file", TEMPLAT, ids=nama)
def test_templates_hold_no_script_and_no_style(file: Path) -> None:
    """The security policy would refuse them in the browser, in silence."""
    teks = re.sub(r"{#.*?#}", "", file.read_text(), flags=re.DOTALL)
    if "@page" in teks:
        pytest.skip("Kertas: tidak pernah sampai ke peramban.")
    assert (
        re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", teks)
        == []
    )


URUTAN = {ruang: nomor for nomor, ruang in enumerate(RUANG)}
PUSTAKA_TEMPLAT = {
    file.stem: ruang for ruang in RUANG for file in (settings.BASE_DIR / ruang).glob("templatetags/[a-z]*.py")
}


@pytest.mark.parametrize(
    "file", [f for f in TEMPLAT if f.relative_to(TEMPLAT_DI).parts[0] in RUANG], ids=nama
)
def test_templates_load_and_include_downwards_only(file: Path) -> None:
    """As imports do; import-linter does not read templates."""
    sendiri = URUTAN[file.relative_to(TEMPLAT_DI).parts[0]]
    teks = file.read_text()
    dimuat = {
        PUSTAKA_TEMPLAT.get(kata)
        for baris in re.findall(r"{% load ([^%]+)%}", teks)
        for kata in baris.split()
    }
    disertakan = set(re.findall(r"""{% (?:include|extends) ["'](\w+)/""", teks))
    assert [r for r in dimuat | disertakan if r in URUTAN and URUTAN[r] > sendiri] == []


@pytest.mark.parametrize("file", TEMPLAT, ids=nama)
def test_moments_are_told_by_the_office_clock(file: Path) -> None:
    """`tanggal` is for days: of a moment it would say on which day it fell in Jakarta."""
    assert re.findall(r"\w*(?:_pada|\bpada)\|(?:tanggal\b|date|time)", file.read_text()) == []


@pytest.mark.parametrize("file", [f for f in TEMPLAT if f.name.startswith("_")], ids=nama)
def test_partials_name_what_they_need(file: Path) -> None:
    teks = file.read_text()
    if re.search(r"{{|{% (if|for|include|block) ", teks):
        assert re.search(r"{#.*\b(Needs|Uses|Blocks)\b", teks)


@pytest.mark.parametrize("file", VIEWS, ids=nama)
def test_views_ask_for_objects_through_access(file: Path) -> None:
    """An object that a view fetches by itself is one for which nobody asked who may see it."""
    panggilan = [ast.unparse(n) for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Call)]
    assert [p for p in panggilan if re.match(AMBIL_SENDIRI, p) and not re.search(SUDAH_DITANYA, p)] == []


def test_no_view_but_the_door_opens_without_login() -> None:
    """Read off the decorators; tests/akses tries the same by asking."""
    terbuka = {
        nama for nama, pola in all_patterns() if not nama.startswith("admin:") and not asks_login(pola)
    }
    assert terbuka <= {baris.nama for baris in baca()[1] if baris.harapan["tamu"] == "ok"} | ALLAUTH


# allauth's own pages look at the session themselves.
ALLAUTH = {"account_logout", "account_change_password"}


def asks_login(pola: URLPattern) -> bool:
    """Somewhere in the chain of decorators stands the wrapper of login_required."""
    view, penanda = pola.callback, login_required(lambda request: None).__code__
    while view:
        if view.__code__ is penanda:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("kolom", PILIHAN, ids=str)
def test_a_stored_choice_is_bound_by_the_database(kolom: Field) -> None:
    """`choices` bind forms only."""
    aturan = [c for c in kolom.model._meta.constraints if isinstance(c, CheckConstraint)]
    with pytest.raises(ValidationError):
        for satu in aturan:
            if kolom.name in satu.condition.referenced_base_fields:
                satu.validate(kolom.model, kolom.model(**{kolom.name: "lain"}))
