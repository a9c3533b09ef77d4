from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from accounts.admin import satker_field
from accounts.administrasi import OperatorAdmin
from accounts.permintaan import Permintaan
from monev.models import Penandatangan
from monev.penandatangan import (
    ISIAN,
    SALAH_TULIS,
    TETAP,
    cancel_penandatangan,
    check_penandatangan,
    save_penandatangan,
)

PEMBATALAN = ("dibatalkan_oleh", "dibatalkan_pada", "alasan_batal")


class PenandatanganForm(forms.ModelForm):
    batalkan = forms.CharField(
        label="Batalkan, karena",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Untuk yang salah tulis: sejak hari ini tidak ada laporan yang menyebutnya, dan pembatalan tidak "
        "dapat ditarik. Kosong: tidak dibatalkan.",
    )

    class Meta:
        model = Penandatangan
        fields = ISIAN
        help_texts: ClassVar = {
            "selesai": "Hari terakhir; kosong: masih berlaku. Masa yang sudah tercatat diakhiri paling awal hari ini."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "satker" in self.fields:
            self.fields["satker"] = satker_field()
        if self.instance.pk is None:
            del self.fields["batalkan"]

    def _post_clean(self) -> None:
        """What the service refuses, asked while the form can still say it."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.cleaned_data.get("batalkan", "").strip():
            return
        try:
            check_penandatangan(self.instance)
        except ValidationError as error:
            self.add_error(None, error)


@admin.register(Penandatangan)
class PenandatanganAdmin(OperatorAdmin):
    form = PenandatanganForm
    list_display = ("nama", "fungsi", "sebutan", "jabatan", "satker", "mulai", "selesai", "dibatalkan_pada")
    list_filter = ("fungsi",)
    list_select_related = ("satker",)
    search_fields = ("nama", "satker__nama", "satker__kode")

    def get_fieldsets(self, request: HttpRequest, obj: Penandatangan | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ISIAN})]
        if obj.dibatalkan_pada:
            return [(None, {"fields": (*ISIAN, *PEMBATALAN)})]
        return [(None, {"fields": (*ISIAN, "batalkan"), "description": SALAH_TULIS})]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return (*TETAP, *PEMBATALAN) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        batal = isinstance(obj, Penandatangan) and obj.dibatalkan_pada is not None
        return super().has_change_permission(request, obj) and not batal

    def save_model(self, request: Permintaan, obj: Penandatangan, form: forms.Form, change: bool) -> None:
        if alasan := form.cleaned_data.get("batalkan", "").strip():
            cancel_penandatangan(obj, alasan=alasan, by=request.user)
        else:
            save_penandatangan(obj, by=request.user)
