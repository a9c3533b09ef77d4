"""The six areas of an integrity zone, by number: they are the same in every plan, the rows are not."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

ROMAWI = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI"}
NOMOR_ROMAWI = {romawi: nomor for nomor, romawi in ROMAWI.items()}
SEMUA_AREA = frozenset(ROMAWI)


def nomor_romawi(nomor: int) -> str:
    return ROMAWI[nomor]


def to_bits(areas: Iterable[int]) -> int:
    return sum(1 << (nomor - 1) for nomor in set(areas))


def from_bits(bits: int) -> frozenset[int]:
    return frozenset(nomor for nomor in ROMAWI if bits >> (nomor - 1) & 1)


class CakupanField(forms.MultipleChoiceField):
    """What a member covers. That it is every area is ticked too: nothing ticked is a slip, and not everything."""

    SEMUA = "semua"

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            help_text="Hanya bagi Anggota Tim Kerja ZI.",
            required=False,
            choices=[
                (self.SEMUA, "Semua area"),
                *((str(n), f"Area {romawi}") for n, romawi in ROMAWI.items()),
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Pilih area dari daftar."},
        )

    def prepare_value(self, value: Any) -> Any:
        """What is stored comes as a set, what was ticked as a list."""
        return sorted(map(str, value)) or [self.SEMUA] if isinstance(value, frozenset) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def read_cakupan(dicentang: Collection[str]) -> frozenset[int]:
    if not dicentang:
        raise ValidationError("Centang areanya, atau Semua area.")
    if CakupanField.SEMUA not in dicentang:
        return frozenset(map(int, dicentang))
    if len(dicentang) > 1:
        raise ValidationError("Centang Semua area saja, atau area tertentu saja.")
    return frozenset()


class CakupanAreaField(models.PositiveSmallIntegerField):
    """A set of area numbers 1-6, kept as bits so that a constraint can hold it; the empty set means every area."""

    # What the attribute takes and gives, for the type checker.
    _pyi_private_set_type: Iterable[int]  # type: ignore[assignment]
    _pyi_private_get_type: frozenset[int]  # type: ignore[assignment]

    def from_db_value(
        self, value: int | None, expression: object, connection: object
    ) -> frozenset[int] | None:
        return None if value is None else from_bits(value)

    def to_python(self, value: object) -> frozenset[int] | None:
        if value is None or isinstance(value, frozenset):
            return value
        try:
            areas = from_bits(value) if isinstance(value, int) else frozenset(int(n) for n in value)  # type: ignore[attr-defined]
        except (TypeError, ValueError):
            raise ValidationError("Pilih nomor area I sampai VI.") from None
        if not areas <= SEMUA_AREA:
            raise ValidationError("Pilih nomor area I sampai VI.")
        return areas

    def get_prep_value(self, value: object) -> int | None:
        areas = self.to_python(value)
        return None if areas is None else to_bits(areas)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))

    def run_validators(self, value: object) -> None:
        """The range of the integer says nothing about a set; to_python has checked it."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return CakupanField(label=str(self.verbose_name))
