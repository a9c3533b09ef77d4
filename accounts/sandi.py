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


def kunci_baru(keadaan: str = "") -> str:
    """What one opened page makes its initial password from: sent twice it makes the same one, and nothing keeps it.

    Good only as long as `keadaan` is what it was.
    """
    return _signer(keadaan).sign(secrets.token_urlsafe(16))


def check_kunci(kunci: str, keadaan: str = "") -> None:
    try:
        _signer(keadaan).unsign(kunci, max_age=UMUR_KUNCI)
    except signing.BadSignature:
        raise ValidationError(
            "Halaman ini sudah terlalu lama terbuka, atau baru saja didahului orang lain. Coba sekali lagi."
        ) from None


def _signer(keadaan: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"accounts.sandi.{keadaan}")


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
