from django.urls import URLPattern, URLResolver, path

from monev.views import dasbor, kalender

urlpatterns: list[URLPattern | URLResolver] = [
    path("", dasbor.beranda, name="beranda"),
    path("satker/", dasbor.satker_binaan, name="satker_binaan"),
    # Words before `<kode>/<tahun>/`: it would take `indikator/5/` too.
    # Indikator, tenggat (views/indikator.py)
    # One plan
    path("<str:kode>/<int:tahun>/", dasbor.dasbor, name="dasbor"),
    path("<str:kode>/<int:tahun>/kalender/", kalender.kalender, name="kalender"),
    # Rencana (views/rencana.py)
    # Laporan (views/laporan.py)
]
