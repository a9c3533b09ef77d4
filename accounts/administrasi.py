"""The operator's pages: Django's admin behind our own door, where nothing is deleted."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from allauth.account import views as allauth
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject, HistoricalChanges, ModelChange
from simple_history.template_utils import HistoricalRecordContextHelper

from accounts.area import nomor_romawi
from accounts.tanggal import CARA_TANGGAL
from accounts.waktu import tanggal_panjang


class AdministrasiSite(admin.AdminSite):
    site_header = site_title = "Administrasi ZI Tracker"
    index_title = "Administrasi"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """One door for all: the login page counts failures, Django's own does not."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Administrasi hanya dapat dibuka oleh operator.")
        tujuan = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(tujuan)

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        return allauth.logout(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def ya_tidak(nilai: bool) -> str:
    """In words: Django's own mark is told to the blind in English."""
    return "Ya" if nilai else "Tidak"


class PerubahanHelper(HistoricalRecordContextHelper):
    """Before and after, as the pages would write them."""

    def prepare_delta_change_value(self, change: ModelChange, value: object) -> object:
        if isinstance(value, bool):
            return ya_tidak(value).lower()
        if isinstance(value, DeletedObject):
            return "kosong"  # nothing that history points at is deleted: it pointed at nothing
        if isinstance(value, frozenset):
            return ", ".join(f"Area {nomor_romawi(nomor)}" for nomor in sorted(value)) or "semua area"
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return tanggal_panjang(value)
        pilihan = dict(self.model._meta.get_field(change.field).flatchoices)
        return "kosong" if value in (None, "") else pilihan.get(value, value)


class OperatorAdmin(SimpleHistoryAdmin):
    """Operators (is_staff) may see, add and change; nobody deletes, and no earlier version is put back."""

    show_facets = admin.ShowFacets.NEVER
    # The browser's own date field, as on every other page.
    formfield_overrides: ClassVar = {DateField: CARA_TANGGAL}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _is_operator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _is_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: HistoricalChanges
    ) -> PerubahanHelper:
        return PerubahanHelper(self.model, historical_record)

    def revert_disabled(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def history_form_view(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return super().history_form_view(request, *args, **kwargs)


def _is_operator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)
