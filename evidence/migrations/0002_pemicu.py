"""A round is frozen once sent, a decision stays, and nobody decides on their own."""

from django.db import migrations

from accounts.pemicu import Pemicu, kolom_tetap, pemicu, tetap

ISI_BUKTI = (
    "satker_id jenis judul tanggal_dokumen berkas nama_berkas tipe ukuran sha256 tautan menggantikan_id "
    "diunggah_oleh_id diunggah_pada"
).split()
ISI_KIRIMAN = (
    "kebutuhan_id putaran pesan alasan_buka_kembali dibuat_oleh_id dibuat_pada dikirim_oleh_id dikirim_pada"
).split()
TERKIRIM = "EXISTS (SELECT 1 FROM evidence_submission s WHERE s.id = {}.submission_id AND (s.dikirim_pada IS NOT NULL OR s.ditutup_pada IS NOT NULL))"
SENDIRI = (
    "EXISTS (SELECT 1 FROM evidence_submission s WHERE s.id = NEW.submission_id "
    "AND NEW.diputus_oleh_id IN (s.dikirim_oleh_id, s.dibuat_oleh_id)) "
    "OR EXISTS (SELECT 1 FROM evidence_submissionevidence i JOIN evidence_evidence e ON e.id = i.evidence_id "
    "WHERE i.submission_id = NEW.submission_id AND e.diunggah_oleh_id = NEW.diputus_oleh_id)"
)
BELUM_DIKIRIM = (
    "NOT EXISTS (SELECT 1 FROM evidence_submission s WHERE s.id = NEW.submission_id "
    "AND s.dikirim_pada IS NOT NULL AND s.ditarik_pada IS NULL)"
)


def isi_beku(event: str, baris: str) -> Pemicu:
    return Pemicu(
        f"evidence_isi_beku_{event.lower()}",
        "evidence_submissionevidence",
        event,
        "Isi kiriman yang sudah dikirim tidak dapat diubah.",
        bila=TERKIRIM.format(baris),
    )


PEMICU = (
    *tetap("evidence_review", "Keputusan reviu"),
    Pemicu(
        "evidence_review_bukan_milik_sendiri",
        "evidence_review",
        "INSERT",
        "Tidak seorang pun mereviu bukti yang ia unggah atau kirim sendiri.",
        bila=SENDIRI,
    ),
    Pemicu(
        "evidence_review_hanya_yang_terkirim",
        "evidence_review",
        "INSERT",
        "Hanya kiriman yang sudah dikirim yang dapat direviu.",
        bila=BELUM_DIKIRIM,
    ),
    Pemicu(
        "evidence_evidence_tak_diubah",
        "evidence_evidence",
        "UPDATE",
        "Bukti yang sudah diterima tidak dapat diubah.",
        bila=kolom_tetap(ISI_BUKTI),
    ),
    Pemicu(
        "evidence_evidence_tak_dihapus",
        "evidence_evidence",
        "DELETE",
        "Bukti yang sudah diterima tidak dapat dihapus.",
    ),
    Pemicu(
        "evidence_submission_beku",
        "evidence_submission",
        "UPDATE",
        "Kiriman yang sudah dikirim tidak dapat diubah.",
        bila=f"OLD.dikirim_pada IS NOT NULL AND ({kolom_tetap(ISI_KIRIMAN)})",
    ),
    Pemicu(
        "evidence_submission_penutupan_tetap",
        "evidence_submission",
        "UPDATE",
        "Kiriman yang sudah ditutup tidak dapat dibuka lagi.",
        bila="OLD.ditutup_pada IS NOT NULL AND ("
        + kolom_tetap(["ditutup_pada", "ditarik_pada", "ditarik_oleh_id"])
        + ")",
    ),
    Pemicu(
        "evidence_submission_tak_dihapus",
        "evidence_submission",
        "DELETE",
        "Kiriman tidak dapat dihapus.",
    ),
    isi_beku("INSERT", "NEW"),
    isi_beku("UPDATE", "OLD"),
    isi_beku("DELETE", "OLD"),
)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("accounts", "0002_pemicu")]
    operations = [pemicu(*PEMICU)]
