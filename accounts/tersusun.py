"""Queries that Django builds and compiles once for a process, and not at every page: their text, never their rows.

Building the SQL of a status anew costs 20 ms, running it 2. Within a query, `Tersusun` keeps the text of a deep
subquery: which row asks (`pk`) and as of which moment (`akhir`) stand as marks in it. `fetch` keeps a whole query.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F
from django.db.models.expressions import BaseExpression, RawSQL
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

PK, AKHIR = "§pk§", "§akhir§"
Pembuat = Callable[[RawSQL, RawSQL], BaseExpression]
Potongan = tuple[tuple[str, tuple[object, ...]], ...]


class Tersusun(Expression):
    """What `build(pk, akhir)` makes, for the row whose key is `pk`. `build` is a function of a module: it is the key.

    The tables that `build` asks must not be those of the row that asks.
    """

    def __init__(
        self, build: Pembuat, akhir: Expression | F, output_field: models.Field, pk: str = "pk"
    ) -> None:
        super().__init__(output_field=output_field)
        self.build = build
        self.asked: list[Any] = [F(pk), akhir]

    def get_source_expressions(self) -> list[Any]:
        return self.asked

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.asked = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple]:
        pk, akhir = self.asked  # Any: Django resolves an F into what it names
        asked = {PK: compiler.compile(pk), AKHIR: compiler.compile(akhir)}
        sql: list[str] = []
        params: list[object] = []
        for text, fixed in _pieces(self.build, connection.alias):
            part, values = asked.get(text, (text, fixed))
            sql.append(part)
            params.extend(values)
        return "".join(sql), tuple(params)


@lru_cache(maxsize=64)
def _pieces(build: Pembuat, alias: str) -> Potongan:
    """The compiled text cut at its marks, each piece with the parameters that stand in it."""
    pk = RawSQL(PK, (), output_field=models.BigIntegerField())  # noqa: S611 - a mark of ours, no input
    akhir = RawSQL(AKHIR, (), output_field=models.DateTimeField())  # noqa: S611
    query = Query(None)
    expression = build(pk, akhir).resolve_expression(query, allow_joins=False)
    text, params = query.get_compiler(connection=connections[alias]).compile(expression)
    # The asking query has aliases U0, V0 … of its own; Django writes them with or without quotes.
    text = re.sub(r'"?\b([T-Z]\d+)\b"?', r"dalam_\1", text)
    rest = iter(params)
    return tuple(
        (piece, tuple(next(rest) for _ in range(piece.count("%s"))))
        for piece in re.split(f"({PK}|{AKHIR})", text)
    )


# What a kept query may be asked with: values only. A model instance is equal to itself after it has changed.
Nilai = int | str | dt.date | None | frozenset[int] | tuple["Nilai", ...]
SIMPAN = 512
TANDA = -(10**15)  # and below: no key of a row, so it can stand for one


class Pk(int):
    """A row's key, for `fetch`, alone or in a frozenset: the text is the same for every key, so none stands in it."""


class Teks(str):
    """As Pk: a text that is compared as it is."""

    __slots__ = ()


def fetch(build: Callable[..., models.QuerySet], *asked: Nilai) -> list[Any]:
    """The rows of `build(*asked)` as they are now. `build` depends on nothing else: neither clock nor request."""
    kept: dict[object, int | str] = {}
    shape = [_mark(nilai, kept) for nilai in asked]
    try:
        rows, compiled, (text, params) = _compiled(build, *shape)
    except EmptyResultSet:
        return []
    compiler = copy(compiled)
    compiler.connection = connections[rows.db]
    sql: tuple[str, tuple] = text, tuple(_bound(param, kept) for param in params)
    compiler.as_sql = lambda *_, **__: sql  # type: ignore[method-assign]
    rows = rows.all()
    rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
    return list(rows)


def _mark(nilai: Nilai, kept: dict[object, int | str]) -> Nilai:
    """What stands in the text for `nilai`, which is kept by its mark."""
    if isinstance(nilai, frozenset):
        return frozenset(_mark(satu, kept) for satu in nilai)  # type: ignore[misc]
    if isinstance(nilai, Pk):
        kept[tanda := TANDA - len(kept)] = int(nilai)
        return tanda
    if isinstance(nilai, Teks):
        kept[kata := f"§{len(kept)}§"] = str(nilai)
        return kata
    return nilai


def _bound(param: object, kept: dict[object, int | str]) -> object:
    """In the type the database wants integers in."""
    return type(param)(kept[param]) if isinstance(param, int | str) and param in kept else param


@lru_cache(maxsize=SIMPAN)
def _compiled(
    build: Callable[..., models.QuerySet], *shape: Nilai
) -> tuple[models.QuerySet, SQLCompiler, tuple[str, tuple]]:
    rows = build(*shape)
    compiler = rows.query.get_compiler(rows.db)
    sql = compiler.as_sql()
    compiler.connection = None  # each thread has its own
    return rows, compiler, sql


def attach(owners: Sequence[models.Model], relation: str, rows: Iterable[models.Model]) -> None:
    """As prefetch_related, of rows that are here already: `relation` of each owner holds those that are its own."""
    if not owners:
        return
    milik = type(owners[0])._meta.get_field(relation).field.attname  # type: ignore[union-attr]
    per_owner: dict[object, list[models.Model]] = {owner.pk: [] for owner in owners}
    for row in rows:
        per_owner.get(getattr(row, milik), []).append(row)
    for owner in owners:
        kept = getattr(owner, relation).all()
        kept._result_cache = per_owner[owner.pk]
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = kept


def forget() -> None:
    """As in a process that has just begun."""
    _compiled.cache_clear()
    _pieces.cache_clear()
