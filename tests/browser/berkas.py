"""Small files as the browser takes them from a person: name, type, content."""

import io

import pikepdf
from PIL import Image


def pdf_bytes(judul: str) -> bytes:
    keluar = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = judul
        pdf.save(keluar)
    return keluar.getvalue()


def a_pdf(judul: str) -> dict[str, object]:
    return {"name": f"{judul}.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes(judul)}


def a_photo(judul: str) -> dict[str, object]:
    keluar = io.BytesIO()
    Image.new("RGB", (40, 30)).save(keluar, "JPEG", comment=judul.encode())
    return {"name": f"{judul}.jpg", "mimeType": "image/jpeg", "buffer": keluar.getvalue()}


def a_program(judul: str) -> dict[str, object]:
    """Its name says PDF, its content does not."""
    return {"name": f"{judul}.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(200)}


def an_empty_file(judul: str) -> dict[str, object]:
    return {"name": f"{judul}.pdf", "mimeType": "application/pdf", "buffer": b""}
