"""The report's bars on a screen: one drawing at a time, its letters as large as the rest."""

import pytest
from playwright.sync_api import expect

UKUR = """svg => parseFloat(getComputedStyle(svg.querySelector("text")).fontSize)
  * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"""


@pytest.mark.parametrize(
    ("lebar", "terlihat", "lain"),
    [(390, "sempit", "luas"), (900, "sempit", "luas"), (1366, "luas", "sempit")],
)
def test_letters_are_read_without_enlarging(buka, lebar: int, terlihat: str, lain: str) -> None:
    page = buka("sekretaris", ukuran={"width": lebar, "height": 844}, java_script_enabled=lebar != 390)
    page.goto("/1503/2025/laporan/II/?per=2025-06-30")
    expect(page.locator(f".grafik-area .{lain}")).to_be_hidden()
    assert page.locator(f".grafik-area .{terlihat}").evaluate(UKUR) >= 12
