from evidence.models.bukti import (
    AsalFoto,
    BerkasTersimpan,
    Evidence,
    IsiTeks,
    PembukaanRahasia,
    Penarikan,
    Penghapusan,
    PeriksaTautan,
    Unggahan,
)
from evidence.models.impor import BarisImpor, Impor
from evidence.models.putaran import Review, Slot, Submission, SubmissionEvidence

__all__ = [
    "AsalFoto",
    "BarisImpor",
    "BerkasTersimpan",
    "Evidence",
    "Impor",
    "IsiTeks",
    "PembukaanRahasia",
    "Penarikan",
    "Penghapusan",
    "PeriksaTautan",
    "Review",
    "Slot",
    "Submission",
    "SubmissionEvidence",
    "Unggahan",
]
