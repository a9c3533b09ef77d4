"""The six areas of an integrity zone, by number: they are the same in every plan, the rows are not."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

ROMAWI = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI"}
SEMUA_AREA = frozenset(ROMAWI)


def nomor_romawi(nomor: int) -> str:
    return ROMAWI[nomor]


def to_bits(areas: Iterable[int]) -> int:
    return sum(1 << (nomor - 1) for nomor in set(areas))


def from_bits(bits: int) -> frozenset[int]:
    return frozenset(nomor for nomor in ROMAWI if bits >> (nomor - 1) & 1)


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
        return forms.TypedMultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=False,
            choices=[(nomor, f"Area {romawi}") for nomor, romawi in ROMAWI.items()],
            widget=forms.CheckboxSelectMultiple,
            coerce=int,
        )
