"""What a password must be, said in plain Indonesian (Django's own translation is partly odd)."""

import secrets

from django.contrib.auth import password_validation as django_validation

# No letters or figures that are taken for one another when read from paper.
HURUF = "abcdefghjkmnpqrstuvwxyz23456789"


def sandi_awal() -> str:
    """`hk3m-w9td-xq2p-7vbz`: 79 bits, easy to read out and to type"""
    return "-".join("".join(secrets.choice(HURUF) for _ in range(4)) for _ in range(4))


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
