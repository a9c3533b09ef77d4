"""The state of a slot, and its rank among the slots of one tenggat."""

from django.db import models


class Keadaan(models.TextChoices):
    BELUM = "belum", "Belum"
    DRAF = "draf", "Draf"
    MENUNGGU = "menunggu", "Menunggu Reviu"
    PERBAIKAN = "perbaikan", "Perlu Perbaikan"
    SESUAI = "sesuai", "Sesuai"


# In these the team has something to do; a draft may also reopen what was Sesuai.
DI_TIM = (Keadaan.PERBAIKAN, Keadaan.BELUM, Keadaan.DRAF)

# Ordered so that the lowest slot of a tenggat decides its status; a draft decides no more than nothing does.
PERINGKAT = {
    Keadaan.PERBAIKAN: 0,
    Keadaan.BELUM: 1,
    Keadaan.DRAF: 1,
    Keadaan.MENUNGGU: 2,
    Keadaan.SESUAI: 3,
}
