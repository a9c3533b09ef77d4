from django.urls import URLPattern, URLResolver, path

from monev.views import bantuan, dasbor, indikator, kalender, laporan, paket, pengaturan, rencana

urlpatterns: list[URLPattern | URLResolver] = [
    path("", dasbor.beranda, name="beranda"),
    path("satker/", dasbor.satker_binaan, name="satker_binaan"),
    path("bantuan/", bantuan.bantuan, name="bantuan"),
    # Words before `<kode>/<tahun>/`: it would take `indikator/5/` too.
    # Indikator, tenggat (views/indikator.py)
    path("indikator/<int:pk>/", indikator.indikator, name="indikator"),
    path("indikator/<int:pk>/riwayat/", indikator.riwayat, name="riwayat"),
    path("indikator/<int:pk>/koreksi/", indikator.koreksi, name="koreksi"),
    path("tenggat/<int:pk>/realisasi/", indikator.simpan_realisasi, name="simpan_realisasi"),
    path("tenggat/<int:pk>/perpanjangan/", indikator.perpanjangan, name="perpanjangan"),
    path("penandatangan/<int:pk>/akhiri/", pengaturan.penandatangan_akhiri, name="penandatangan_akhiri"),
    path(
        "penandatangan/<int:pk>/batalkan/", pengaturan.penandatangan_batalkan, name="penandatangan_batalkan"
    ),
    # One plan
    path("<str:kode>/<int:tahun>/pengaturan/", pengaturan.pengaturan_rencana, name="pengaturan_rencana"),
    path("<str:kode>/<int:tahun>/", dasbor.dasbor, name="dasbor"),
    path("<str:kode>/<int:tahun>/kalender/", kalender.kalender, name="kalender"),
    # Rencana (views/rencana.py)
    path("<str:kode>/<int:tahun>/rencana/", rencana.rencana, name="rencana"),
    path("<str:kode>/<int:tahun>/rencana/unduh/", rencana.rencana_xlsx, name="rencana_xlsx"),
    path("<str:kode>/<int:tahun>/paket/", paket.paket, name="paket"),
    path("<str:kode>/<int:tahun>/paket/unduh/", paket.paket_unduh, name="paket_unduh"),
    # Laporan (views/laporan.py)
    path("<str:kode>/<int:tahun>/laporan/", laporan.laporan, name="laporan"),
    path("<str:kode>/<int:tahun>/laporan/<str:triwulan>/", laporan.laporan_triwulan, name="laporan_triwulan"),
    path("<str:kode>/<int:tahun>/laporan/<str:triwulan>/pdf/", laporan.laporan_pdf, name="laporan_pdf"),
    path("<str:kode>/<int:tahun>/laporan/<str:triwulan>/xlsx/", laporan.laporan_xlsx, name="laporan_xlsx"),
]
