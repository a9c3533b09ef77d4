from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = "Bukti"

    def ready(self) -> None:
        from evidence import pindai  # noqa: F401 — registers its system check
