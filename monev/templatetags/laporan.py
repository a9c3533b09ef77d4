from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.templatetags.zi import persen
from monev.chart import TUMPUKAN
from monev.status import Capaian, Status

register = template.Library()


@register.filter
def sebut_capaian(capaian: Capaian) -> str:
    """`55 dari 89 (61,8%)`"""
    bagian = f" ({persen(capaian.persen)})" if capaian.jumlah else ""
    return f"{capaian.selesai} dari {capaian.jumlah}{bagian}"


@register.filter
def sel_capaian(capaian: Capaian) -> SafeString:
    """The percentage, and what was divided by what."""
    return format_html(
        "{} <small>({} dari {})</small>", persen(capaian.persen), capaian.selesai, capaian.jumlah
    )


@register.filter
def urut_tumpukan(per_status: Mapping[Status, int]) -> list[tuple[Status, int]]:
    """Statuses as charts stack them: what is done first."""
    return [(status, per_status[status]) for status in TUMPUKAN]
