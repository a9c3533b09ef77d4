from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monev.status import Capaian

register = template.Library()

BILAH = (
    '<svg class="bilah" aria-hidden="true"><rect class="bilah__dasar" width="100%" height="8"/>'
    '<rect class="bilah__isi" width="{}%" height="8"/></svg>'
)


@register.simple_tag
def bilah(capaian: Capaian) -> SafeString:
    """Capaian as a bar, for the eye only: its number always stands beside it."""
    return format_html(BILAH, f"{capaian.persen or 0:.1f}")
