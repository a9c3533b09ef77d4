"""What the typeface of official paper can show, and what stands there for the rest.

Whatever it lacks would come from the machine, another on each, or from nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

FOLDER = settings.BASE_DIR / "static/vendor/tex-gyre-bonum"
TAK_TERCETAK = "[?]"
TAK_TERLIHAT = frozenset({"Cc", "Cf", "Mn", "Me"})  # joiners, directions, variations: nothing of their own
# What offices write that has a likeness in the typeface; \uf0.. are the bullets and ticks that Word leaves behind.
SERUPA = {
    **dict.fromkeys("✓✔☑✅\uf0fc", "√"),
    **dict.fromkeys("✗✘☒❌✖\uf0fb", "×"),
    **dict.fromkeys("●▪■◾◆○▫◦➢➤\uf0a7\uf0b7\uf0d8", "•"),
    **dict.fromkeys("➔➜➝➞⇒\uf0e0", "→"),
    "\N{FIGURE DASH}": "–",
    "\N{HORIZONTAL BAR}": "—",
    "\N{LINE SEPARATOR}": "\n",
    "\N{PARAGRAPH SEPARATOR}": "\n",
}


@cache
def coverage() -> frozenset[str]:
    """The characters that all its faces have."""
    faces = [_characters(path) for path in FOLDER.glob("*.otf")]
    return frozenset("\n\r\t").union(set.intersection(*faces))


def _characters(path: Path) -> set[str]:
    with TTFont(path) as face:
        return set(map(chr, face.getBestCmap()))


def printable(html: str) -> str:
    """The same page in characters that can be shown: the likest there is, else `[?]`, once for several together."""
    html = unicodedata.normalize("NFC", html)
    asing = set(html) - coverage()
    if not asing:
        return html
    return re.sub(f"[{re.escape(''.join(asing))}]+", lambda bagian: _instead(bagian[0]), html)


def _instead(asing: str) -> str:
    tercetak = "".join(map(_one, asing))
    return re.sub(rf"(?:{re.escape(TAK_TERCETAK)})+", TAK_TERCETAK, tercetak)


def _one(huruf: str) -> str:
    if huruf in SERUPA:
        return SERUPA[huruf]
    if unicodedata.category(huruf) in TAK_TERLIHAT:
        return ""
    serupa = unicodedata.normalize("NFKC", huruf)
    return escape(serupa) if coverage().issuperset(serupa) else TAK_TERCETAK
