"""What the demo office did with each row in 2025: texts, and the rounds that did not go the usual way.

The usual way of a slot is told in `biasa.py`. Dates here are days; the hour comes with the playing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evidence.models import Review

SESUAI, PERBAIKAN = Review.Keputusan.SESUAI, Review.Keputusan.PERBAIKAN


def hari(bulan: int, tanggal: int, tahun: int = 2025) -> dt.date:
    return dt.date(tahun, bulan, tanggal)


@dataclass(frozen=True)
class Isi:
    """One piece of evidence; `judul` empty: what the bukti fisik is called."""

    bentuk: str = ""  # pdf, jpg, xlsx, tautan; empty: what the bukti fisik suggests
    judul: str = ""


@dataclass(frozen=True)
class Putaran:
    """One round. Without `dikirim` it stays a draft."""

    dokumen: dt.date
    dikirim: dt.date | None = None
    keputusan: str = ""
    diputus: dt.date | None = None
    catatan: str = ""
    pesan: str = ""
    isi: tuple[Isi, ...] = (Isi(),)
    dibuat: dt.date | None = None  # the draft was begun earlier than it was sent
    ditarik: dt.date | None = None
    dibuang: dt.date | None = None
    alasan: str = ""  # why a slot that was Sesuai was opened again
    tanggal_tpi: dt.date | None = None  # TPI reads another date on the document


# Why a document dated outside its tenggat's period is the right one.
LEBIH_DINI = "Dokumen sudah ditetapkan sebelum masa tenggat ini dimulai dan masih berlaku."
LEBIH_LAMBAT = (
    "Kegiatannya bergeser dari jadwal, dan dokumen baru ditandatangani sesudah selesai dilaksanakan."
)


@dataclass(frozen=True)
class Catatan:
    """A realisasi."""

    pada: dt.date
    uraian: str = ""
    kendala: str = ""
    rencana: str = ""


def sesuai(dokumen: dt.date, dikirim: dt.date, diputus: dt.date, *isi: Isi, **lain: object) -> Putaran:
    return Putaran(dokumen, dikirim, SESUAI, diputus, isi=isi or (Isi(),), **lain)  # type: ignore[arg-type]


def kembali(dokumen: dt.date, dikirim: dt.date, diputus: dt.date, catatan: str, **lain: object) -> Putaran:
    return Putaran(dokumen, dikirim, PERBAIKAN, diputus, catatan, **lain)  # type: ignore[arg-type]


# (kode, label of the tenggat or "" where the row has one, number of the bukti fisik; 0: each of them)
LUAR_BIASA: dict[tuple[str, str, int], tuple[Putaran, ...]] = {
    ("I.1.1", "", 0): (sesuai(hari(2, 10), hari(3, 5), hari(3, 7)),),
    ("I.3.1", "Agustus", 0): (sesuai(hari(8, 28), hari(8, 29), hari(9, 3)),),
    ("I.3.1", "September", 1): (sesuai(hari(9, 19), hari(10, 2), hari(10, 9)),),
    ("I.3.1", "September", 2): (sesuai(hari(9, 25), hari(10, 2), hari(10, 9)),),
    ("I.3.1", "September", 3): (
        kembali(
            hari(9, 25),
            hari(10, 2),
            hari(10, 9),
            "Lembar monev belum memuat kolom tindak lanjut triwulan lalu dan belum ditandatangani Ketua Tim Kerja. "
            "Lengkapi, lalu pindai ulang halaman 2.",
        ),
        sesuai(
            hari(10, 23),
            hari(10, 24),
            hari(10, 30),
            pesan="Kolom tindak lanjut triwulan II sudah diisi dan lembar sudah ditandatangani Ketua Tim Kerja.",
        ),
    ),
    ("I.3.1", "September", 4): (
        sesuai(
            hari(9, 26),
            hari(10, 2),
            hari(10, 22),
            Isi("pdf", "Notulen rapat evaluasi pembangunan ZI, September 2025"),
            Isi("xlsx", "Tindak lanjut rapat evaluasi pembangunan ZI, September 2025"),
            Isi("jpg", "Foto rapat evaluasi pembangunan ZI, 25 September 2025"),
        ),
    ),
    ("I.3.1", "Oktober", 1): (sesuai(hari(10, 16), hari(11, 3), hari(11, 10), dibuat=hari(10, 17)),),
    ("I.3.1", "Oktober", 0): (sesuai(hari(10, 24), hari(11, 3), hari(11, 10)),),
    ("I.4.1", "September", 1): (sesuai(hari(9, 30), hari(10, 14), hari(10, 23)),),
    ("II.2.1", "", 0): (sesuai(hari(3, 3), hari(3, 3), hari(3, 10)),),
    ("II.2.2", "", 0): (sesuai(hari(3, 3), hari(3, 3), hari(3, 10)),),
    ("II.2.3", "", 0): (
        Putaran(hari(4, 29), dibuat=hari(4, 30), dibuang=hari(5, 5)),
        sesuai(hari(5, 8), hari(5, 9), hari(5, 15)),
    ),
    ("II.3.1", "", 1): (
        kembali(
            hari(5, 28),
            hari(6, 3),
            hari(6, 12),
            "Tautan e-PPID meminta masuk dahulu sehingga tidak dapat diperiksa. Buka aksesnya dan sertakan daftar "
            "informasi publik yang sudah terbit.",
            isi=(Isi("tautan", "Halaman e-PPID KPU Kabupaten Sarolangun"),),
        ),
        sesuai(
            hari(10, 1),
            hari(10, 2),
            hari(10, 23),
            Isi("tautan", "Halaman e-PPID KPU Kabupaten Sarolangun"),
            Isi("xlsx", "Daftar informasi publik tahun 2025"),
            Isi("pdf", "Laporan layanan informasi publik semester I 2025"),
            Isi("jpg", "Tangkapan layar daftar informasi publik"),
            Isi("jpg", "Foto ruang layanan PPID"),
            pesan="Akses e-PPID sudah dibuka untuk umum; daftar informasi publik dan tangkapan layarnya disertakan.",
        ),
    ),
    ("II.3.1", "", 2): (sesuai(hari(5, 20), hari(6, 3), hari(6, 12)),),
    ("III.2.1", "", 0): (
        sesuai(
            hari(5, 28),
            hari(6, 5),
            hari(6, 12),
            tanggal_tpi=hari(6, 3),
            catatan="Tanggal yang tercantum pada SK adalah 3 Juni 2025.",
        ),
    ),
    ("III.3.4", "", 0): (sesuai(hari(11, 10), hari(11, 11), hari(11, 18)),),
    ("III.3.5", "", 0): (Putaran(hari(7, 11), dibuat=hari(7, 14)),),
    ("III.3.6", "", 0): (
        kembali(
            hari(6, 26),
            hari(7, 1),
            hari(7, 10),
            "Formulir baru memuat nama pelatihan. Isi kolom hasil penerapan di tempat kerja untuk tiap pegawai.",
        ),
        sesuai(
            hari(6, 30),
            hari(10, 9),
            hari(10, 24),
            Isi("xlsx", "Formulir monitoring efektivitas pelatihan, semester I 2025"),
            Isi("pdf", "Ringkasan hasil monitoring pelatihan, semester I 2025"),
            pesan="Kolom hasil penerapan sudah diisi oleh atasan langsung; ringkasannya disertakan.",
        ),
    ),
    ("III.6.1", "Agustus", 0): (sesuai(hari(9, 4), hari(9, 8), hari(9, 12)),),
    ("III.6.1", "September", 0): (sesuai(hari(9, 30), hari(10, 15), hari(10, 24)),),
    ("IV.1.1", "", 0): (
        sesuai(hari(1, 20), hari(3, 6), hari(3, 12)),
        sesuai(
            hari(1, 20),
            hari(7, 15),
            hari(7, 22),
            Isi(judul="RKKL 2025 (naskah lengkap)"),
            alasan="Halaman 3 RKKL terlewat saat dipindai; naskah lengkap menggantikan kiriman pertama.",
        ),
    ),
    ("IV.1.3", "", 0): (
        kembali(
            hari(2, 27),
            hari(3, 12),
            hari(3, 20),
            "Laporan belum disahkan pimpinan dan belum memuat capaian tiap indikator kinerja. Lengkapi bab III.",
        ),
        kembali(
            hari(2, 27),
            hari(4, 28),
            hari(5, 8),
            "Capaian tiap indikator sudah ada, tetapi lembar pengesahan belum ditandatangani. Tandatangani dan "
            "pindai ulang halaman terakhir.",
            pesan="Bab III sudah dilengkapi dengan capaian tiap indikator kinerja.",
        ),
        sesuai(
            hari(11, 4), hari(11, 5), hari(11, 12), pesan="Lembar pengesahan sudah ditandatangani Sekretaris."
        ),
    ),
    ("V.2.1", "", 0): (
        sesuai(
            hari(12, 31),
            hari(1, 9, 2026),
            hari(1, 15, 2026),
            Isi("xlsx", "Kartu kendali SPIP triwulan I–IV tahun 2025"),
            dibuat=hari(1, 8, 2026),
        ),
    ),
    ("V.3.1", "", 0): (
        sesuai(
            hari(2, 20),
            hari(3, 11),
            hari(3, 18),
            Isi("jpg", "Banner saluran pengaduan masyarakat di ruang pelayanan"),
            Isi("tautan", "Formulir pengaduan masyarakat"),
        ),
    ),
    ("V.1.1", "", 0): (sesuai(hari(1, 23), hari(3, 10), hari(3, 17)),),
    ("V.1.1", "", 3): (
        sesuai(
            hari(1, 23),
            hari(3, 10),
            hari(3, 17),
            Isi("jpg", "Foto poster gratifikasi di pintu masuk"),
            Isi("jpg", "Foto poster gratifikasi di ruang pelayanan"),
            Isi("jpg", "Foto spanduk gratifikasi di halaman kantor"),
        ),
    ),
    ("V.4.3", "Maret", 0): (sesuai(hari(4, 8), hari(4, 10), hari(4, 17)),),
    ("V.4.3", "September", 0): (sesuai(hari(11, 12), hari(11, 13), hari(11, 20)),),
    ("V.5.1", "", 0): (
        kembali(
            hari(9, 26),
            hari(9, 30),
            hari(10, 8),
            "Laporan baru berisi uraian. Sertakan undangan, daftar hadir, dan foto kegiatan.",
        ),
        sesuai(
            hari(9, 26),
            hari(10, 16),
            hari(10, 27),
            Isi("pdf", "Laporan rapat sosialisasi penanganan benturan kepentingan"),
            Isi("pdf", "Undangan sosialisasi penanganan benturan kepentingan"),
            Isi("pdf", "Daftar hadir sosialisasi penanganan benturan kepentingan"),
            Isi("jpg", "Foto sosialisasi penanganan benturan kepentingan"),
            pesan="Undangan, daftar hadir, dan foto kegiatan sudah disertakan.",
        ),
    ),
    ("V.5.2", "", 0): (sesuai(hari(10, 9), hari(10, 31), hari(11, 7), dibuat=hari(10, 10)),),
    ("V.5.3", "", 1): (
        kembali(
            hari(7, 30),
            hari(9, 18),
            hari(9, 29),
            "Baru 11 dari 24 pegawai yang membuat pernyataan. Lengkapi sisanya dalam satu berkas.",
        ),
        sesuai(
            hari(11, 3),
            hari(11, 4),
            hari(11, 11),
            pesan="Pernyataan 24 pegawai sudah lengkap dan dijadikan satu berkas.",
        ),
    ),
    ("V.5.3", "", 2): (
        sesuai(
            hari(7, 31),
            hari(9, 18),
            hari(9, 29),
            Isi("pdf", "Surat keterangan tidak terdapat potensi benturan kepentingan"),
        ),
    ),
    ("V.5.5", "Juni", 0): (sesuai(hari(7, 4), hari(7, 7), hari(7, 14)),),
    ("VI.1.2", "", 0): (
        sesuai(hari(1, 16), hari(3, 13), hari(3, 19)),
        Putaran(
            hari(10, 10),
            dibuat=hari(10, 13),
            isi=(Isi(judul="Maklumat pelayanan (cetak ulang)"),),
            alasan="Maklumat dicetak ulang sesudah jam layanan diubah.",
        ),
    ),
    ("VI.1.4", "", 0): (sesuai(hari(4, 9), hari(4, 11), hari(4, 17)),),
    ("VI.2.2", "", 0): (sesuai(hari(3, 3), hari(3, 3), hari(3, 11)),),
    ("VI.2.4", "", 1): (
        kembali(
            hari(6, 26),
            hari(7, 1),
            hari(7, 8),
            "Foto belum memperlihatkan meja PPID dan Rumah Pintar Pemilu dalam satu ruang. "
            "Ambil ulang dari pintu masuk.",
        ),
        sesuai(
            hari(6, 26),
            hari(10, 10),
            hari(10, 27),
            Isi("jpg", "Foto ruang layanan terpadu dari pintu masuk"),
            Isi("jpg", "Foto meja PPID dan Rumah Pintar Pemilu"),
            Isi("pdf", "Denah ruang layanan terpadu"),
            pesan="Foto diambil ulang dari pintu masuk; denah ruangan disertakan.",
        ),
    ),
    ("VI.2.4", "", 2): (sesuai(hari(6, 26), hari(7, 1), hari(7, 8)),),
    ("VI.2.5", "", 1): (
        kembali(
            hari(7, 28),
            hari(8, 4),
            hari(8, 12),
            "Sertakan tangkapan layar halaman yang sudah terbit.",
        ),
        sesuai(
            hari(11, 5),
            hari(11, 6),
            hari(11, 13),
            Isi("tautan", "Halaman klarifikasi hoaks pemilu"),
            Isi("jpg", "Tangkapan layar halaman klarifikasi hoaks pemilu"),
            pesan="Halaman sudah terbit; tautan dan tangkapan layarnya disertakan.",
        ),
    ),
    ("VI.2.5", "", 2): (sesuai(hari(7, 28), hari(8, 4), hari(8, 12)),),
    ("VI.3.1", "Desember", 0): (
        kembali(
            hari(12, 22),
            hari(1, 6, 2026),
            hari(1, 15, 2026),
            "Jumlah responden dan cara penarikan sampel belum dicantumkan. Lengkapi bab II.",
        ),
    ),
    ("VI.3.2", "", 0): (
        Putaran(hari(5, 30), hari(9, 23), ditarik=hari(9, 24)),
        sesuai(
            hari(5, 30),
            hari(10, 3),
            hari(10, 27),
            Isi("jpg", "Tangkapan layar hasil survei pada laman resmi"),
            pesan="Tangkapan layar pertama keliru; yang ini memuat alamat laman dan tanggalnya.",
        ),
    ),
    ("VI.3.3", "", 0): (),
}

# Sent so many days before the demo is filled: what waits for TPI today. Document dates are past.
BARU_DIKIRIM: dict[tuple[str, str], tuple[dt.date, int]] = {
    ("V.4.3", "Desember"): (hari(12, 31), 6),
    ("I.4.1", "Desember"): (hari(12, 31), 3),
}

# Slots that are served by the evidence of another slot: (kode, number) → (kode, number).
BERSAMA: dict[tuple[str, int], tuple[str, int]] = {
    **{("III.4.2", n): ("III.4.1", n) for n in (1, 2, 3, 4)},
    ("III.3.2", 1): ("III.3.1", 1),
    ("IV.2.1", 1): ("IV.1.2", 1),
    ("IV.2.1", 2): ("IV.1.2", 2),
    ("IV.2.2", 1): ("IV.1.2", 1),
    ("IV.2.2", 2): ("IV.1.2", 2),
    ("IV.2.2", 3): ("IV.2.1", 3),
    ("IV.2.3", 1): ("IV.1.2", 1),
    ("IV.2.3", 2): ("IV.1.2", 2),
    ("IV.2.4", 1): ("IV.1.2", 4),
    ("IV.2.5", 1): ("IV.1.2", 4),
    **{("V.1.2", n): ("V.1.1", n) for n in (1, 2, 3)},
}

# Where the words of the bukti fisik make no name for a file.
JUDUL = {
    ("I.1.1", 1): "SK Tim Kerja ZI tahun 2025",
    ("I.2.1", 1): "Dokumen rencana aksi pembangunan ZI tahun 2025",
    ("II.1.1", 2): "Foto ketersediaan SOP di ruang pelayanan",
    ("II.2.1", 1): "Aplikasi presensi pegawai",
    ("III.3.1", 1): "Usulan diklat dan bimtek tahun 2025",
    ("III.3.3", 1): "Analisis kebutuhan dan kecukupan kompetensi pegawai",
    ("III.3.5", 1): "Usulan diklat dan bimtek tahap II",
    ("III.6.1", 1): "Data nominatif pegawai",
    ("V.4.3", 1): "Laporan evaluasi WBS",
    ("V.5.2", 1): "Matrik identifikasi benturan kepentingan",
    ("VI.1.3", 1): "Foto SOP di ruang pelayanan",
    ("VI.2.4", 1): "Foto layanan PPID dan Rumah Pintar Pemilu",
    ("VI.3.1", 1): "Laporan hasil survei kepuasan masyarakat",
    ("VI.3.2", 1): "Tangkapan layar laman resmi",
}

# Told at the end of each month, not a few days before.
SETIAP_AKHIR_BULAN = frozenset({"I.4.1", "III.6.1"})

RAHASIA = frozenset({"V.3.2", "V.3.3", "V.3.4", "V.4.2", "V.4.3", "V.4.4"})

# What was done, for the rows that say nothing else below. {label}: the tenggat.
REALISASI = {
    "I.1.1": "Tim Kerja tahun sebelumnya dievaluasi; SK Tim Kerja ZI tahun 2025 ditetapkan Ketua dan disampaikan "
    "kepada seluruh anggota tim.",
    "I.2.1": "Rencana aksi pembangunan ZI disusun, dibahas dalam rapat pegawai, dan dimuat pada laman resmi.",
    "I.3.1": "Rapat evaluasi pembangunan ZI bulan {label} dilaksanakan dan dihadiri 21 pegawai.",
    "I.4.1": "Pimpinan mengisi daftar hadir setiap hari kerja. Kehadiran {label}: 24 dari 24 pegawai tercatat.",
    "I.4.2": "SK Tim Agen Perubahan ditetapkan dan disampaikan dalam apel pegawai.",
    "II.1.1": "SOP alur kerja disosialisasikan, dipasang di ruang pelayanan, dan dievaluasi dalam rapat.",
    "II.2.1": "Presensi pegawai sudah memakai aplikasi; pemindai wajah dan jari berfungsi.",
    "II.2.2": "JDIH, e-PPID, laman resmi, dan media sosial dipakai melayani permintaan informasi.",
    "II.2.3": "Monev pemanfaatan TI dilaksanakan; enam aplikasi dinilai dan dua diusulkan diperbaiki.",
    "II.3.1": "Dokumen kepemiluan disediakan melalui meja PPID dan e-PPID.",
    "II.3.2": "Rapat monev keterbukaan informasi dilaksanakan; 14 permintaan informasi dijawab tepat waktu.",
    "III.1.1": "Analisis kebutuhan pegawai disusun menurut peta jabatan dan usulannya dikirim.",
    "III.1.2": "Penempatan pegawai baru disesuaikan dengan kebutuhan tiap jabatan.",
    "III.1.3": "Kinerja ASN dan PPNPN dievaluasi; SKP dan laporan tahunan dihimpun.",
    "III.2.1": "Rotasi internal dilaksanakan bagi tiga pegawai.",
    "III.2.2": "Pola rotasi diterapkan; SK rotasi jabatan ditetapkan.",
    "III.2.3": "Baperjakat memantau penempatan pegawai; hasilnya dituangkan dalam laporan.",
    "III.3.1": "Kebutuhan diklat fungsional dianalisis dan usulannya dikirim ke Bagian Diklat.",
    "III.3.2": "Kebutuhan pelatihan dibahas dalam rapat; usulan bimtek dikirim ke Bagian Diklat.",
    "III.3.3": "Kesenjangan kompetensi dihitung untuk tiap jabatan; hasilnya 18% dari standar.",
    "III.3.4": "Rekapitulasi 17 pegawai yang mengikuti diklat disusun.",
    "III.3.6": "Monev atas tujuh pelatihan yang diikuti pegawai dilaksanakan.",
    "III.4.1": "PK 2025 serta SKP 2024 dinilai dan dihimpun.",
    "III.4.2": "Ukuran kinerja individu disandingkan dengan indikator atasan; tidak ada yang menyimpang.",
    "III.4.3": "Kinerja setiap pegawai diukur untuk semester II tahun 2024.",
    "III.4.4": "Tim penilai menetapkan pegawai teladan; usulan Satyalancana dikirim.",
    "III.5.1": "Kode etik disosialisasikan; potongan tunjangan kinerja direkap.",
    "III.6.1": "Data nominatif {label} dimutakhirkan.",
    "IV.1.1": "Sekretaris memberi arahan dan menandatangani RKKL 2025.",
    "IV.1.2": "Renstra, RKT, IKU, dan LAKIP disusun dengan arahan Sekretaris.",
    "IV.1.3": "Rapat evaluasi capaian kinerja dilaksanakan.",
    "IV.2.1": "Renstra, RKT, dan penetapan kinerja tersedia dan ditandatangani.",
    "IV.2.2": "IKU dalam Renstra dirumuskan menurut hasil, bukan kegiatan.",
    "IV.2.3": "Renstra, RKT, dan RKA memuat IKU yang terukur.",
    "IV.2.4": "LAKIP 2024 disusun dan disampaikan pada waktunya.",
    "IV.2.5": "LAKIP 2024 memuat capaian, hambatan, dan upaya perbaikan.",
    "IV.2.6": "Rapat penyusunan LAKIP 2024 diikuti seluruh pengelola kinerja.",
    "IV.2.7": "Narasumber penyusunan LAKIP dimohonkan dengan surat.",
    "V.1.1": "Poster dan spanduk gratifikasi dipasang di lingkungan sekretariat.",
    "V.1.2": "Tim UPG dibentuk; poster gratifikasi dipasang.",
    "V.2.2": "Risiko atas pelaksanaan kebijakan dinilai; sembilan risiko tercatat.",
    "V.2.3": "Rencana Tindak Pengendalian disusun untuk risiko tinggi.",
    "V.2.4": "Rapat monev Rencana Tindak Pengendalian dilaksanakan.",
    "V.3.1": "Saluran pengaduan masyarakat disosialisasikan kepada pegawai dan dipasang di ruang pelayanan.",
    "V.3.2": "Daftar pengaduan dari Inspektorat ditanggapi seluruhnya.",
    "V.3.3": "Penanganan pengaduan masyarakat semester I dievaluasi.",
    "V.3.4": "Rekomendasi hasil evaluasi pengaduan ditindaklanjuti.",
    "V.4.1": "Pedoman WBS disosialisasikan bersama Inspektorat; banner dipasang.",
    "V.4.2": "WBS diterapkan; rapat internal membahas saluran pelaporan.",
    "V.4.3": "Rekapitulasi WBS triwulan yang berakhir {label} disusun.",
    "V.4.4": "Rekomendasi Inspektorat atas WBS ditindaklanjuti.",
    "V.5.1": "Sosialisasi penanganan benturan kepentingan dilaksanakan 26 September 2025 bersama Inspektorat.",
    "V.5.4": "Penanganan benturan kepentingan dipantau dan dievaluasi sampai {label}.",
    "V.5.5": "Hasil evaluasi benturan kepentingan sampai {label} ditindaklanjuti.",
    "VI.1.1": "Standar layanan PPID dan RPP disusun.",
    "VI.1.2": "Maklumat pelayanan ditandatangani dan dipasang.",
    "VI.1.3": "SOP tersedia di ruang pelayanan dan mudah dibaca pengunjung.",
    "VI.1.4": "SOP pelayanan dikaji ulang; tiga SOP diperbaiki.",
    "VI.2.1": "Arahan Ketua tentang budaya pelayanan prima disampaikan dalam rapat.",
    "VI.2.2": "Standar pelayanan dimuat pada laman resmi dan media sosial.",
    "VI.2.3": "Pegawai berprestasi triwulan I ditetapkan dan diberi piagam.",
    "VI.2.4": "PPID dan Rumah Pintar Pemilu dilayani dalam satu ruang dengan helpdesk.",
    "VI.2.5": "Halaman klarifikasi hoaks pemilu dibuat pada laman e-PPID.",
    "VI.3.1": "Survei kepuasan masyarakat semester yang berakhir {label} dilaksanakan.",
    "VI.3.2": "Hasil survei kepuasan ditayangkan pada laman resmi.",
}

# In place of REALISASI; empty: nothing was noted.
CATATAN: dict[tuple[str, str], tuple[Catatan, ...]] = {
    ("I.3.1", "September"): (
        Catatan(hari(9, 26), "Rapat evaluasi dilaksanakan 25 September 2025, dihadiri 22 pegawai."),
        Catatan(
            hari(10, 13),
            "Rapat evaluasi dilaksanakan 25 September 2025, dihadiri 22 pegawai.",
            "Lembar monev belum lengkap.",
            "Lembar monev dilengkapi dan ditandatangani Ketua Tim Kerja paling lambat 24 Oktober 2025.",
        ),
    ),
    ("I.3.1", "Oktober"): (
        Catatan(
            hari(10, 17),
            "Undangan rapat evaluasi pembangunan ZI triwulan III sudah dikirim; rapat pada 24 Oktober 2025.",
        ),
        Catatan(
            hari(11, 3), "Rapat evaluasi triwulan III dilaksanakan 24 Oktober 2025, dihadiri 23 pegawai."
        ),
    ),
    ("I.4.1", "September"): (Catatan(hari(10, 14), "Kehadiran September: 23 dari 24 pegawai tercatat."),),
    ("I.4.1", "Desember"): (),
    ("III.3.4", ""): (
        Catatan(
            hari(11, 10),
            "Rekapitulasi 17 pegawai yang mengikuti diklat disusun.",
            "Dua sertifikat baru terbit pada November.",
        ),
    ),
    ("III.3.5", ""): (
        Catatan(hari(6, 30), "Enam pegawai mengikuti bimtek Setjen KPU; satu pelatihan internal diadakan."),
        Catatan(
            hari(10, 3),
            "Delapan pegawai mengikuti bimtek; usulan tahap II disusun.",
            "Jadwal bimtek tahap II dari Bagian Diklat belum terbit.",
            "Usulan dikirim sesudah jadwal diterima, paling lambat Desember 2025.",
        ),
    ),
    ("IV.1.3", ""): (
        Catatan(
            hari(3, 12),
            "Rapat evaluasi capaian kinerja dilaksanakan 27 Februari 2025.",
            "Pengesahan laporan menunggu pejabat definitif.",
            "Laporan dilengkapi dan disahkan.",
        ),
    ),
    ("V.2.1", ""): (
        Catatan(hari(3, 28), "Kartu kendali SPIP triwulan I terisi untuk empat subbagian."),
        Catatan(hari(6, 30), "Kartu kendali SPIP triwulan II terisi untuk empat subbagian."),
        Catatan(hari(9, 30), "Kartu kendali SPIP triwulan III terisi untuk empat subbagian."),
    ),
    ("V.4.3", "September"): (
        Catatan(
            hari(11, 12),
            "Rekapitulasi WBS triwulan III disusun.",
            "Rekapitulasi menunggu data dari Inspektorat.",
            "Data diminta dengan surat setiap akhir triwulan.",
        ),
    ),
    ("V.4.3", "Desember"): (),
    ("V.5.2", ""): (
        Catatan(
            hari(10, 10),
            "Identifikasi dilakukan pada 3 dari 4 subbagian.",
            "Subbagian keempat belum mengisi.",
            "Selesai paling lambat 31 Oktober 2025.",
        ),
    ),
    ("V.5.3", ""): (
        Catatan(
            hari(7, 31),
            "11 dari 24 pegawai membuat pernyataan.",
            "Sebagian pegawai bertugas di luar kantor.",
            "Pegawai lainnya melengkapi paling lambat akhir Oktober 2025.",
        ),
        Catatan(hari(11, 4), "24 dari 24 pegawai membuat pernyataan."),
    ),
    ("VI.3.1", "Desember"): (
        Catatan(hari(1, 6, 2026), "Survei kepuasan masyarakat semester II dilaksanakan."),
    ),
    ("VI.3.3", ""): (),
}

# Which row, granted on, the new date, by whom, and why.
PERPANJANGAN = (
    (
        "VI.2.4",
        hari(4, 24),
        hari(6, 30),
        "ketua",
        "Ruang layanan terpadu masih ditata; selesai paling lambat Juni 2025.",
    ),
    ("III.3.4", hari(9, 26), hari(10, 15), "sekretaris", "Dua sertifikat diklat belum terbit."),
)

# Which row, which column, how it should read, and why.
KOREKSI = (
    ("V.4.4", "target_waktu", "Juni 2025", "Tahun 2022 salah tulis; rencana aksi ini untuk tahun 2025."),
    (
        "V.5.3",
        "bukti_fisik_teks",
        "Surat Pernyataan Bebas Benturan Kepentingan, dan Surat Pernyataan Potensi Benturan Kepentingan "
        "(jika terdapat potensi)",
        "Kurung pada lampiran tidak ditutup.",
    ),
)
