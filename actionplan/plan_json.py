"""The stored plan as JSON for other programs: numbers as numbers, dates as ISO, texts to the letter."""

from __future__ import annotations

import json

from actionplan.plan_file import IsiArea, IsiIndikator, IsiRencana


def plan_as_json(isi: IsiRencana) -> str:
    return json.dumps(plan_as_dict(isi), ensure_ascii=False, indent=2)


def plan_as_dict(isi: IsiRencana) -> dict:
    return {
        "tahun": isi.tahun,
        "nomor": isi.nomor,
        "tanggal": isi.tanggal.isoformat(),
        "areas": [_area(area) for area in isi.areas],
    }


def _area(area: IsiArea) -> dict:
    return {
        "nomor": area.romawi,
        "nama": area.nama,
        "komponen": [
            {"nomor": k.nomor, "nama": k.nama, "indikator": [_indikator(row) for row in k.indikator]}
            for k in area.komponen
        ],
    }


def _indikator(row: IsiIndikator) -> dict:
    return {
        "kode": row.kode,
        "uraian": row.uraian,
        "langkah_aksi_teks": row.langkah_aksi_teks,
        "langkah_aksi": list(row.langkah_aksi),
        "bukti_fisik_teks": row.bukti_fisik_teks,
        "bukti_fisik": [{"uraian": b.uraian, "sekali": b.sekali} for b in row.bukti_fisik],
        "target_waktu": row.target_waktu,
        "catatan_tafsir": row.catatan_tafsir,
        "tenggat": [
            {"label": t.label, "mulai": t.mulai.isoformat(), "jatuh_tempo": t.jatuh_tempo.isoformat()}
            for t in row.tenggat
        ],
    }
