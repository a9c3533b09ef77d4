"""Who gets what at which address: worked out by hand from the table of roles (DESIGN, section 6).

One line per URL and method; `objek` is what the address points at (tests/akses/dunia.py), `-` where it is the
office. A column per person:

    tamu  not logged in                  oper  is_staff, in no office
    angg  anggota of the row's area      luar  each role in turn, in the office next door
    lain  anggota of another area        tnp   no role at all
    ketu, sekr, pimp, tpi                lalu  anggota, ketua_tim and sekretaris until yesterday
    bina  pembina, of the province above

    ok    let in, whatever becomes of what was sent       403  seen but not allowed, in words
    ↪     redirect to the login page                      404  not seen: nothing confirms that it exists
"""

TABEL = """
nama                    cara objek           tamu angg lain ketu sekr pimp tpi  bina oper luar tnp  lalu

# Everybody who has logged in, and the door itself
account_login           GET  -               ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_inactive        GET  -               ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_logout          GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
account_logout          POST -               ↪    ↪    ↪    ↪    ↪    ↪    ↪    ↪    ↪    ↪    ↪    ↪
account_change_password GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
akun                    GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
bantuan                 GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
beranda                 GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
satker_binaan           GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok

# See plan, status, reports of the satker: all six roles
dasbor                  GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
rencana                 GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
rencana_xlsx            GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
kalender                GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
paket                   GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
paket_unduh             GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
laporan                 GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
laporan_triwulan        GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
laporan_pdf             GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
laporan_xlsx            GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
indikator               GET  indikator       ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
riwayat                 GET  indikator       ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
slot                    GET  slot            ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
slot                    GET  slot_draf       ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404

# See evidence: sent by all; rahasia not by pimpinan, pembina; rahasia, drafts: anggota in own areas only;
# drafts not by TPI; evidence in no round by its uploader (anggota) and ketua_tim
unduh_bukti             GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
unduh_bukti             GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
unduh_bukti             GET  bukti_draf      ↪    ok   404  ok   ok   404  404  404  404  404  404  404
unduh_bukti             GET  bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404
lihat_bukti             GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
lihat_bukti             GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
lihat_bukti             GET  bukti_draf      ↪    ok   404  ok   ok   404  404  404  404  404  404  404
lihat_bukti             GET  bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404
gambar_kecil            GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
gambar_kecil            GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
gambar_kecil            GET  bukti_draf      ↪    ok   404  ok   ok   404  404  404  404  404  404  404
gambar_kecil            GET  bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404
halaman_bukti           GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
halaman_bukti           GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
halaman_bukti           GET  bukti_draf      ↪    ok   404  ok   ok   404  404  404  404  404  404  404
halaman_bukti           GET  bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404
gambar_halaman          GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
gambar_halaman          GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
gambar_halaman          GET  bukti_draf      ↪    ok   404  ok   ok   404  404  404  404  404  404  404
gambar_halaman          GET  bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404

# The library: of it what one may see
pustaka                 GET  -               ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404

# One piece by itself, as it is seen; who hands in there withdraws it; ketua_tim and sekretaris together erase it
bukti                   GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
bukti                   GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
bukti                   GET  bukti_draf      ↪    ok   404  ok   ok   404  404  404  404  404  404  404
bukti                   GET  bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404
tanda_terima            GET  bukti           ↪    ok   ok   ok   ok   ok   ok   ok   404  404  404  404
tanda_terima            GET  bukti_rahasia   ↪    ok   404  ok   ok   404  ok   404  404  404  404  404
tarik_bukti             GET  bukti           ↪    ok   403  ok   403  403  403  403  404  404  404  404
tarik_bukti             POST bukti_draf      ↪    ok   404  ok   403  404  404  404  404  404  404  404
tarik_bukti             POST bukti_lepas     ↪    ok   404  ok   404  404  404  404  404  404  404  404
hapus_bukti             GET  bukti           ↪    403  403  ok   ok   403  403  403  404  404  404  404
hapus_bukti             POST bukti_rahasia   ↪    403  404  ok   ok   404  403  404  404  404  404  404
setujui_hapus           POST bukti           ↪    403  403  ok   ok   403  403  403  404  404  404  404
batal_hapus             POST bukti           ↪    403  403  ok   ok   403  403  403  404  404  404  404
pembukaan               GET  -               ↪    403  403  ok   ok   403  403  403  404  404  404  404

# Write realisasi, upload, send, withdraw: anggota in own areas, ketua_tim. A draft is not seen by the rest
unggah_pilih            GET  -               ↪    ok   ok   ok   403  403  403  403  404  404  404  404
unggah                  GET  slot_draf       ↪    ok   403  ok   403  403  403  403  404  404  404  404
unggah                  POST slot_draf       ↪    ok   403  ok   403  403  403  403  404  404  404  404
terima                  POST slot_draf       ↪    ok   403  ok   403  403  403  403  404  404  404  404
pustaka_slot            GET  slot_draf       ↪    ok   403  ok   403  403  403  403  404  404  404  404
pustaka_slot            POST slot_draf       ↪    ok   403  ok   403  403  403  403  404  404  404  404
pakai_yang_lama         POST draf,bukti_draf ↪    ok   404  ok   403  404  404  404  404  404  404  404
buang                   POST draf            ↪    ok   404  ok   403  404  404  404  404  404  404  404
keluarkan_bukti         POST draf,bukti_draf ↪    ok   404  ok   403  404  404  404  404  404  404  404
jadikan_pdf             POST draf            ↪    ok   404  ok   403  404  404  404  404  404  404  404
tarik                   POST kiriman         ↪    ok   403  ok   403  403  403  403  404  404  404  404
simpan_realisasi        POST tenggat         ↪    ok   403  ok   403  403  403  403  404  404  404  404

# A PDF copy of a link, by whoever hands in where it is used
salinan_tautan          POST tautan          ↪    ok   403  ok   403  403  403  403  404  404  404  404

# Bawa Drive Anda: a batch is whoever's who began it, and ketua_tim's
impor                   GET  -               ↪    ok   ok   ok   403  403  403  403  404  404  404  404
impor                   POST -               ↪    ok   ok   ok   403  403  403  403  404  404  404  404
impor_batch             GET  impor           ↪    ok   404  ok   404  404  404  404  404  404  404  404
impor_batch             POST impor           ↪    ok   404  ok   404  404  404  404  404  404  404  404
impor_langkah           POST impor           ↪    ok   404  ok   404  404  404  404  404  404  404  404
impor_batal             POST impor           ↪    ok   404  ok   404  404  404  404  404  404  404  404

# A resumable upload: who began it, nobody else
unggahan                HEAD unggahan        ↪    ok   404  404  404  404  404  404  404  404  404  404
unggahan                PATCH unggahan       ↪    ok   404  404  404  404  404  404  404  404  404  404
unggahan                DELETE unggahan      ↪    ok   404  404  404  404  404  404  404  404  404  404
batalkan_unggahan       POST unggahan        ↪    ok   404  404  404  404  404  404  404  404  404  404

# Correct the plan, grant an extension, manage members: ketua_tim, sekretaris; TPI by the operator only
perpanjangan            GET  tenggat         ↪    403  403  ok   ok   403  403  403  404  404  404  404
perpanjangan            POST tenggat         ↪    403  403  ok   ok   403  403  403  404  404  404  404
koreksi                 GET  indikator       ↪    403  403  ok   ok   403  403  403  404  404  404  404
koreksi                 POST indikator       ↪    403  403  ok   ok   403  403  403  404  404  404  404
pengaturan              GET  -               ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_tambah          GET  -               ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_tambah          POST -               ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_ubah            GET  keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_ubah            POST keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_ubah            POST keanggotaan_tpi ↪    403  403  403  403  403  403  403  404  404  404  404
anggota_akhiri          GET  keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_akhiri          POST keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_akhiri          POST keanggotaan_tpi ↪    403  403  403  403  403  403  403  404  404  404  404
anggota_serahkan        GET  keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_serahkan        POST keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_serahkan        POST keanggotaan_tpi ↪    403  403  403  403  403  403  403  404  404  404  404
anggota_sandi           GET  keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_sandi           POST keanggotaan     ↪    403  403  ok   ok   403  403  403  404  404  404  404
anggota_sandi           POST keanggotaan_tpi ↪    403  403  403  403  403  403  403  404  404  404  404
pengaturan_rencana      GET  -               ↪    403  403  ok   ok   403  403  403  404  404  404  404
pengaturan_rencana      POST -               ↪    403  403  ok   ok   403  403  403  404  404  404  404
penandatangan_akhiri    GET  penandatangan   ↪    403  403  ok   ok   403  403  403  404  404  404  404
penandatangan_akhiri    POST penandatangan   ↪    403  403  ok   ok   403  403  403  404  404  404  404
penandatangan_batalkan  GET  penandatangan   ↪    403  403  ok   ok   403  403  403  404  404  404  404
penandatangan_batalkan  POST penandatangan   ↪    403  403  ok   ok   403  403  403  404  404  404  404

# Review: TPI. A draft is not seen by TPI
antrean                 GET  -               ↪    403  403  403  403  403  ok   403  404  404  404  404
reviu                   GET  kiriman         ↪    403  403  403  403  403  ok   403  404  404  404  404
reviu                   POST kiriman         ↪    403  403  403  403  403  ok   403  404  404  404  404
reviu                   GET  draf            ↪    403  404  403  403  404  404  404  404  404  404  404
"""


class Baris:
    """One line: `harapan` maps a column to what is expected."""

    def __init__(self, kata: list[str], kolom: list[str]) -> None:
        self.nama, self.cara, objek = kata[:3]
        self.objek = [] if objek == "-" else objek.split(",")
        self.harapan = dict(zip(kolom, kata[3:], strict=True))

    def __str__(self) -> str:
        return f"{self.cara} {self.nama} {'+'.join(self.objek)}".strip()


def baca(tabel: str = TABEL) -> tuple[list[str], list[Baris]]:
    """The columns, and the lines."""
    kepala, *isi = (baris.split() for baris in tabel.splitlines() if baris and not baris.startswith("#"))
    kolom = kepala[3:]
    return kolom, [Baris(kata, kolom) for kata in isi]
