"""What stands on paper for a character that its typeface lacks."""

import pytest

from monev.huruf import coverage, printable


@pytest.mark.parametrize(
    ("teks", "tercetak"),
    [
        ("Rapat 3–4 Maret, ± 60 % × Rp1.000 → “selesai”", "Rapat 3–4 Maret, ± 60 % × Rp1.000 → “selesai”"),
        ("Hadir ✓, izin ✘", "Hadir √, izin ×"),
        ("\uf0b7 Notula", "• Notula"),
        ("Selesai 👍🏽!", "Selesai [?]!"),
        ("Keluarga 👨\u200d👩\u200d👧", "Keluarga [?]"),
        ("oleh محمد علي", "oleh [?] [?]"),
        ("Lampiran ① ＡＢＣ 5㎡", "Lampiran 1 ABC 5m2"),
        ("a\u200bb\ufeffc", "abc"),
        ("e\u0301", "é"),
    ],
)
def test_the_likest_there_is_or_a_mark(teks: str, tercetak: str) -> None:
    assert printable(teks) == tercetak
    assert coverage().issuperset(tercetak)


def test_a_likeness_is_never_markup() -> None:
    assert printable("＜script＞ ＆") == "&lt;script&gt; &amp;"
