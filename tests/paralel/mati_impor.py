"""The office whose drive is brought in by a process that is killed, and what of it is there afterwards. A JSON line."""

import json
import sys

from accounts.models import Peran
from evidence.models import Evidence, Impor, Submission
from evidence.periksa import check, stored_files
from tests.factories import make_indikator, make_member, make_rencana, make_satker, make_tenggat, make_user


def siapkan() -> None:
    rencana = make_rencana(make_satker("1503"))
    make_member(rencana.satker, Peran.KETUA_TIM, user=make_user("ketua"))
    make_tenggat(make_indikator(rencana, bukti=("SK Tim Kerja",)))


def keadaan() -> dict[str, object]:
    impor = Impor.objects.first()
    return {
        "bukti": Evidence.objects.count(),
        "di_draf": Submission.objects.drafts().filter(isi__isnull=False).count(),
        "rusak": [str(check(s)) for s in stored_files(None) if check(s)],
        "impor": impor.pk if impor else None,
        "selesai": bool(impor and impor.dikonfirmasi_pada),
    }


def main() -> None:
    sys.stdout.write(json.dumps({"siapkan": siapkan, "keadaan": keadaan}[sys.argv[1]]()) + "\n")
