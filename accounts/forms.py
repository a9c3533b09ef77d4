from allauth.account.forms import ChangePasswordForm, LoginForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SANDI = "accounts/_sandi.html"


def plain_helper(layout: Layout) -> FormHelper:
    """The fields only: the page writes <form>, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = layout
    return helper


class MasukForm(LoginForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "login", "Nama pengguna", "Tulis nama pengguna Anda.")
        _describe(self, "password", "Kata sandi", "Tulis kata sandi Anda.")
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})
        self.fields["remember"].label = "Tetap masuk di perangkat ini"
        self.helper = plain_helper(Layout("login", Field("password", template=SANDI), "remember"))


class GantiSandiForm(ChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "oldpassword", "Kata sandi sekarang", "Tulis kata sandi Anda yang sekarang.")
        _describe(self, "password1", "Kata sandi baru", "Tulis kata sandi baru.")
        _describe(self, "password2", "Kata sandi baru, sekali lagi", "Tulis sekali lagi kata sandi baru.")
        self.fields["password1"].help_text = syarat_sandi()
        self.helper = plain_helper(Layout(*(Field(name, template=SANDI) for name in self.fields)))

    def clean(self) -> dict[str, object]:
        isi = forms.Form.clean(self) or {}
        if isi.get("password1") and isi.get("password2") and isi["password1"] != isi["password2"]:
            self.add_error("password2", "Kedua kata sandi baru tidak sama.")
        if isi.get("password1") and isi.get("password1") == isi.get("oldpassword"):
            self.add_error("password1", "Kata sandi baru harus berbeda dari yang sekarang.")
        return isi


def syarat_sandi() -> SafeString:
    butir = format_html_join("", "<li>{}</li>", ((teks,) for teks in password_validators_help_texts()))
    return format_html("<ul>{}</ul>", butir)


def _describe(form: forms.Form, name: str, label: str, kosong: str) -> None:
    field = form.fields[name]
    field.label, field.error_messages["required"] = label, kosong
    field.widget.attrs.pop("placeholder", None)
