from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from accounts.admin import satker_field
from accounts.administrasi import OperatorAdmin
from accounts.permintaan import Permintaan
from monev.models import Penandatangan
from monev.penandatangan import check_penandatangan, save_penandatangan


class PenandatanganForm(forms.ModelForm):
    class Meta:
        model = Penandatangan
        fields = ("satker", "fungsi", "sebutan", "jabatan", "nama", "nip", "mulai", "selesai")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "satker" in self.fields:
            self.fields["satker"] = satker_field()

    def _post_clean(self) -> None:
        """What the service refuses, asked while the form can still say it."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            check_penandatangan(self.instance)
        except ValidationError as error:
            self.add_error(None, error.messages)


@admin.register(Penandatangan)
class PenandatanganAdmin(OperatorAdmin):
    form = PenandatanganForm
    list_display = ("nama", "fungsi", "sebutan", "jabatan", "satker", "mulai", "selesai", "dibatalkan_pada")
    list_filter = ("fungsi",)
    list_select_related = ("satker",)
    search_fields = ("nama", "satker__nama", "satker__kode")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("satker", "dibatalkan_oleh", "dibatalkan_pada", "alasan_batal") if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        batal = isinstance(obj, Penandatangan) and obj.dibatalkan_pada is not None
        return super().has_change_permission(request, obj) and not batal

    def save_model(self, request: Permintaan, obj: Penandatangan, form: object, change: bool) -> None:
        save_penandatangan(obj, by=request.user)
