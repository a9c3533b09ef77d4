"""Database triggers as migration operations, one text for SQLite and PostgreSQL.

TRAP: on SQLite, a later migration that alters a table rebuilds it and loses its triggers. Such a migration begins with
`tanpa_pemicu` and is followed by `pemicu`; tests/test_pemicu.py tells which are missing. Where a trigger of an upper
room names the table, that room drops it in a migration with `run_before` the one that alters, and puts it back after.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


@dataclass(frozen=True)
class Pemicu:
    """Refuses `event` on a row of `table` where `bila` holds; `kunci` names rows to lock first (PostgreSQL only:
    SQLite has one writer at a time)."""

    name: str
    table: str
    event: str
    pesan: str
    bila: str = "TRUE"
    kunci: str = ""

    def create(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {self.bila} "
                f"BEGIN SELECT RAISE(ABORT, '{self.pesan}'); END"
            ]
        lock = f"PERFORM {self.kunci} FOR UPDATE; " if self.kunci else ""
        refuse = f"RAISE EXCEPTION '{self.pesan}' USING ERRCODE = 'integrity_constraint_violation'"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {lock}"
            f"IF {self.bila} THEN {refuse}; END IF; RETURN COALESCE(NEW, OLD); END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [f"DROP FUNCTION IF EXISTS {self.name} CASCADE"]


def pemicu(*triggers: Pemicu) -> RunPython:
    def forward(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in triggers:
            _run(editor, trigger.drop(editor.connection.vendor) + trigger.create(editor.connection.vendor))

    def backward(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in triggers:
            _run(editor, trigger.drop(editor.connection.vendor))

    return RunPython(forward, backward)


def tanpa_pemicu(*triggers: Pemicu) -> RunPython:
    """Stands first in a migration that alters their tables, as `pemicu` stands last: SQLite cannot rebuild a table that
    a trigger names. Going back ends with these triggers in place again."""

    def forward(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in triggers:
            _run(editor, trigger.drop(editor.connection.vendor))

    def backward(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in triggers:
            _run(editor, trigger.create(editor.connection.vendor))

    return RunPython(forward, backward)


def _run(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)


def tetap(table: str, apa: str) -> tuple[Pemicu, Pemicu]:
    """Rows that are added, and neither changed nor deleted."""
    return (
        Pemicu(f"{table}_tak_diubah", table, "UPDATE", f"{apa} tidak dapat diubah."),
        Pemicu(f"{table}_tak_dihapus", table, "DELETE", f"{apa} tidak dapat dihapus."),
    )


def kolom_tetap(kolom: Iterable[str]) -> str:
    """A condition: at least one of the columns changes."""
    return " OR ".join(f"NEW.{k} IS DISTINCT FROM OLD.{k}" for k in kolom)
