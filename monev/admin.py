from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin import satker_field
from accounts.administrasi import OperatorAdmin
from accounts.permintaan import Permintaan
from monev.models import Penandatangan
from monev.penandatangan import save_penandatangan


class PenandatanganForm(forms.ModelForm):
    class Meta:
        model = Penandatangan
        fields = ("satker", "fungsi", "sebutan", "jabatan", "nama", "nip", "mulai", "selesai")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "satker" in self.fields:
            self.fields["satker"] = satker_field()


@admin.register(Penandatangan)
class PenandatanganAdmin(OperatorAdmin):
    form = PenandatanganForm
    list_display = ("nama", "fungsi", "sebutan", "jabatan", "satker", "mulai", "selesai")
    list_filter = ("fungsi",)
    list_select_related = ("satker",)
    search_fields = ("nama", "satker__nama", "satker__kode")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("satker",) if obj else ()

    def save_model(self, request: Permintaan, obj: Penandatangan, form: object, change: bool) -> None:
        save_penandatangan(obj, by=request.user)
