from django.urls import URLPattern, URLResolver, path

from evidence.views import (
    berkas,
    bukti,
    foto,
    gambar,
    impor,
    kiriman,
    pustaka,
    reviu,
    salinan,
    terima,
    unggah,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("slot/<int:pk>/unggah/", unggah.unggah, name="unggah"),
    path("slot/<int:pk>/terima/", terima.terima, name="terima"),
    path("unggahan/<uuid:pk>/", terima.unggahan, name="unggahan"),
    path("unggahan/<uuid:pk>/batal/", terima.batalkan_unggahan, name="batalkan_unggahan"),
    path("slot/<int:pk>/", kiriman.slot, name="slot"),
    path("kiriman/<int:pk>/tarik/", kiriman.tarik, name="tarik"),
    path("kiriman/<int:pk>/buang/", kiriman.buang, name="buang"),
    path(
        "kiriman/<int:pk>/bukti/<int:evidence_pk>/keluarkan/", kiriman.keluarkan_bukti, name="keluarkan_bukti"
    ),
    path("kiriman/<int:pk>/jadikan-pdf/", foto.jadikan_pdf, name="jadikan_pdf"),
    path(
        "kiriman/<int:pk>/bukti/<int:evidence_pk>/pakai-lama/",
        pustaka.pakai_yang_lama,
        name="pakai_yang_lama",
    ),
    path("slot/<int:pk>/pustaka/", pustaka.pustaka_slot, name="pustaka_slot"),
    path("kiriman/<int:pk>/reviu/", reviu.reviu, name="reviu"),
    path("bukti/<int:pk>/", bukti.bukti, name="bukti"),
    path("bukti/<int:pk>/tanda-terima/", bukti.tanda_terima, name="tanda_terima"),
    path("bukti/<int:pk>/salinan/", salinan.salinan_tautan, name="salinan_tautan"),
    path("bukti/<int:pk>/tarik/", bukti.tarik_bukti, name="tarik_bukti"),
    path("bukti/<int:pk>/hapus/", bukti.hapus_bukti, name="hapus_bukti"),
    path("bukti/<int:pk>/hapus/setujui/", bukti.setujui_hapus, name="setujui_hapus"),
    path("bukti/<int:pk>/hapus/batal/", bukti.batal_hapus, name="batal_hapus"),
    path("<str:kode>/pustaka/", pustaka.pustaka, name="pustaka"),
    path("<str:kode>/rahasia/", bukti.pembukaan, name="pembukaan"),
    path("bukti/<int:pk>/unduh/", berkas.unduh_bukti, name="unduh_bukti"),
    path("bukti/<int:pk>/gambar-kecil/", gambar.gambar_kecil, name="gambar_kecil"),
    path("bukti/<int:pk>/halaman/", gambar.halaman_bukti, name="halaman_bukti"),
    path("bukti/<int:pk>/halaman/gambar/", gambar.gambar_halaman, name="gambar_halaman"),
    path("bukti/<int:pk>/lihat/", berkas.lihat_bukti, name="lihat_bukti"),
    path("impor/<int:pk>/", impor.impor_batch, name="impor_batch"),
    path("impor/<int:pk>/langkah/", impor.impor_langkah, name="impor_langkah"),
    path("impor/<int:pk>/batal/", impor.impor_batal, name="impor_batal"),
    # Words before `<kode>/<tahun>/`: it would take `slot/5/unggah/` too.
    path("<str:kode>/<int:tahun>/unggah/", unggah.unggah_pilih, name="unggah_pilih"),
    path("<str:kode>/<int:tahun>/impor/", impor.impor, name="impor"),
    path("<str:kode>/<int:tahun>/antrean/", reviu.antrean, name="antrean"),
]
