"""What a password must be, said in plain Indonesian (Django's own translation is partly odd)."""

import secrets
from collections.abc import Iterable

from django.contrib.auth import password_validation as django_validation
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

# No letters or figures that are taken for one another when read from paper.
HURUF = "abcdefghjkmnpqrstuvwxyz23456789"

# How long the page of a new initial password may lie open.
UMUR_KUNCI = 2 * 60 * 60
PENANDA = signing.TimestampSigner(salt="accounts.sandi")


def kunci_baru(keadaan: str = "") -> str:
    """What one opened page makes its initial password from: sent twice it makes the same one, and nothing keeps it.

    It knows how long the page has been open, and whether `keadaan` is still what it was then.
    """
    return PENANDA.sign(f"{secrets.token_urlsafe(16)}.{_cap(keadaan)}")


def check_umur(kunci: str) -> None:
    try:
        PENANDA.unsign(kunci, max_age=UMUR_KUNCI)
    except signing.BadSignature:
        raise ValidationError("Halaman ini sudah terlalu lama terbuka. Coba sekali lagi.") from None


def check_keadaan(kunci: str, keadaan: str) -> None:
    """Asked of a `kunci` that check_umur has let pass."""
    if PENANDA.unsign(kunci).rpartition(".")[2] != _cap(keadaan):
        raise ValidationError(
            "Kata sandi ini baru saja diganti orang lain. Coba sekali lagi bila masih perlu."
        )


def _cap(keadaan: str) -> str:
    return salted_hmac("accounts.sandi.keadaan", keadaan, algorithm="sha256").hexdigest()[:32]


def sandi_awal(kunci: str, untuk: Iterable[object]) -> str:
    """`hk3m-w9td-xq2p-7vbz`: 79 bits, easy to read out and to type; another one for whatever differs in `untuk`"""
    digest = salted_hmac("accounts.sandi_awal", repr([kunci, *map(str, untuk)]), algorithm="sha256").digest()
    sisa, huruf = int.from_bytes(digest), ""
    for _ in range(16):
        sisa, n = divmod(sisa, len(HURUF))
        huruf += HURUF[n]
    return "-".join(huruf[i : i + 4] for i in range(0, 16, 4))


class MinimumLengthValidator(django_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Kata sandi terlalu pendek: paling sedikit {self.min_length} karakter."

    def get_help_text(self) -> str:
        return f"Paling sedikit {self.min_length} karakter; beberapa kata yang mudah Anda ingat lebih baik."


class UserAttributeSimilarityValidator(django_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Kata sandi terlalu mirip dengan nama, nama pengguna, atau NIP Anda."

    def get_help_text(self) -> str:
        return "Tidak mirip dengan nama, nama pengguna, atau NIP."


class CommonPasswordValidator(django_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Kata sandi ini terlalu umum dipakai orang."

    def get_help_text(self) -> str:
        return "Bukan kata sandi yang umum dipakai orang."


class NumericPasswordValidator(django_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Kata sandi tidak boleh terdiri atas angka saja."

    def get_help_text(self) -> str:
        return "Tidak terdiri atas angka saja."
