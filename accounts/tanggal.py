"""The one field in which a day is typed, in every room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.waktu import tanggal_panjang

TERAWAL = dt.date(2000, 1, 1)
TAK_TERBACA = "Tanggal ini tidak terbaca. Pilih pada kalender isian, atau tulis seperti 30/09/2025."

# How a day is read and what is said where it cannot be; Administrasi makes its own fields and asks the same.
CARA_TANGGAL: dict[str, Any] = {
    "input_formats": ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "error_messages": {"required": "Pilih tanggalnya.", "invalid": TAK_TERBACA},
}


class TanggalField(forms.DateField):
    """What the browser's date field sends, or a person without one types, the day before the month.

    `awal` is filled in. `sejak` and `sampai` are the first and the last day allowed. static/tanggal.js says the day in
    words: the browser shows it as the device's language does, the month before the day or behind it.
    """

    def __init__(
        self,
        *,
        label: str,
        awal: dt.date | None = None,
        sejak: dt.date | None = TERAWAL,
        sampai: dt.date | None = None,
        required: bool = True,
        help_text: str = "",
    ) -> None:
        super().__init__(label=label, initial=awal, required=required, help_text=help_text, **CARA_TANGGAL)
        self.widget.attrs["data-tanggal"] = True
        # For the calendar of the browser, and again here: not every browser has one.
        for batas, nama, kelas, kata in (
            (sejak, "min", MinValueValidator, "Tanggal paling awal {}."),
            (sampai, "max", MaxValueValidator, "Tanggal paling akhir {}."),
        ):
            if batas:
                self.widget.attrs[nama] = batas.isoformat()
                self.validators.append(kelas(batas, kata.format(tanggal_panjang(batas))))
