"""Ways around "added, never changed" that the triggers had left open: a piece moved into a frozen round, a discarded draft
sent after all, a piece of another office, a new round after Sesuai that says no reason, a line moved into a batch that is
over, `rahasia` taken off."""

from importlib import import_module

from django.db import migrations

from accounts.pemicu import Pemicu, kolom_tetap, pemicu, tanpa_pemicu

AWAL = import_module("evidence.migrations.0002_pemicu")
WAJIB = import_module("evidence.migrations.0007_wajib")
IMPOR = import_module("evidence.migrations.0006_impor")
LUPA_NAMA = import_module("evidence.migrations.0009_impor_lupa_nama")

ISI, KIRIMAN = "evidence_submissionevidence", "evidence_submission"
ASAL_KIRIMAN = "kebutuhan_id putaran alasan_buka_kembali dibuat_oleh_id dibuat_pada".split()
ISI_KIRIMAN = "pesan dikirim_oleh_id dikirim_pada".split()
# It names tables of the plan: see the trap in accounts/pemicu.py.
SATKER_LAIN = (
    "NOT EXISTS (SELECT 1 FROM evidence_submission s JOIN actionplan_kebutuhan k ON k.id = s.kebutuhan_id "
    "JOIN actionplan_tenggat t ON t.id = k.tenggat_id JOIN actionplan_indikator i ON i.id = t.indikator_id "
    "JOIN actionplan_komponen p ON p.id = i.komponen_id JOIN actionplan_area a ON a.id = p.area_id "
    "JOIN actionplan_rencanaaksi r ON r.id = a.rencana_id JOIN evidence_evidence e ON e.satker_id = r.satker_id "
    "WHERE s.id = NEW.submission_id AND e.id = NEW.evidence_id)"
)
# As services.open_draft asks: the newest final decision on the newest round that was not withdrawn.
SESUAI_TANPA_ALASAN = (
    "TRIM(NEW.alasan_buka_kembali) = '' AND 'sesuai' = (SELECT v.keputusan FROM evidence_review v WHERE v.final "
    "AND v.submission_id = (SELECT s.id FROM evidence_submission s WHERE s.kebutuhan_id = NEW.kebutuhan_id "
    "AND s.ditarik_pada IS NULL ORDER BY s.putaran DESC LIMIT 1) ORDER BY v.diputus_pada DESC, v.id DESC LIMIT 1)"
)


def satker_sama(event: str) -> Pemicu:
    nama = f"evidence_isi_satker_sama_{event.lower()}"
    return Pemicu(nama, ISI, event, "Bukti milik satker lain tidak dapat dipakai.", bila=SATKER_LAIN)


GANTI = (
    Pemicu(
        "evidence_evidence_tak_diubah",
        "evidence_evidence",
        "UPDATE",
        "Bukti yang sudah diterima tidak dapat diubah.",
        bila=f"{kolom_tetap([*WAJIB.ISI_TETAP, 'rahasia'])} OR ({WAJIB.JUDUL_BERUBAH})",
    ),
    Pemicu(
        "evidence_submission_beku",
        KIRIMAN,
        "UPDATE",
        "Kiriman yang sudah dikirim atau ditutup tidak dapat diubah.",
        bila="(OLD.dikirim_pada IS NOT NULL OR OLD.ditutup_pada IS NOT NULL) "
        f"AND ({kolom_tetap(ISI_KIRIMAN)})",
    ),
    Pemicu(
        "evidence_isi_beku_update",
        ISI,
        "UPDATE",
        "Isi kiriman yang sudah dikirim tidak dapat diubah.",
        bila=f"{AWAL.TERKIRIM.format('OLD')} OR {AWAL.TERKIRIM.format('NEW')}",
    ),
    Pemicu(
        "evidence_barisimpor_selesai_tetap",
        "evidence_barisimpor",
        "UPDATE",
        IMPOR.PESAN,
        bila=f"({LUPA_NAMA.BOLEH_LUPA.bila}) OR (NEW.impor_id <> OLD.impor_id "
        f"AND ({IMPOR.MILIK_YANG_SELESAI.format('NEW')}))",
    ),
)
BARU = (
    Pemicu(
        "evidence_submission_asal_tetap",
        KIRIMAN,
        "UPDATE",
        "Tempat, putaran, pembuat, waktu, dan alasan sebuah kiriman tidak dapat diubah.",
        bila=kolom_tetap(ASAL_KIRIMAN),
    ),
    Pemicu(
        "evidence_submission_buka_kembali_beralasan",
        KIRIMAN,
        "INSERT",
        "Bukti ini sudah dinilai Sesuai. Tulis alasan membukanya kembali.",
        bila=SESUAI_TANPA_ALASAN,
        kunci="1 FROM actionplan_kebutuhan k WHERE k.id = NEW.kebutuhan_id",
    ),
    satker_sama("INSERT"),
    satker_sama("UPDATE"),
)
_NAMA_GANTI = {p.name for p in GANTI}
_DAHULU = (*WAJIB.PEMICU, *(p for p in IMPOR.PEMICU if p.name != LUPA_NAMA.BOLEH_LUPA.name), LUPA_NAMA.BOLEH_LUPA)
SEMULA = tuple(p for p in _DAHULU if p.name in _NAMA_GANTI)
# All of this room: a later migration that alters a table begins with them.
PEMICU = (*(p for p in _DAHULU if p.name not in _NAMA_GANTI), *GANTI, *BARU)


class Migration(migrations.Migration):
    """No table is altered."""

    dependencies = [("evidence", "0009_impor_lupa_nama"), ("actionplan", "0002_pemicu")]

    operations = [tanpa_pemicu(*SEMULA), pemicu(*GANTI, *BARU)]
