"""Where frames lie decides how long a page takes: see RoomyStack."""

import resource
from collections.abc import Callable

from zi_tracker.middleware import RoomyStack


def kerja(n: int) -> int:
    return n + 1


def berulang() -> None:
    for n in range(3000):
        kerja(n)


def di_dalam(kedalaman: int, act: Callable[[], None]) -> None:
    if kedalaman:
        return di_dalam(kedalaman - 1, act)
    return act()


def permintaan_memori(act: Callable[[], object]) -> int:
    sebelum = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    act()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - sebelum


def test_work_at_any_depth_does_not_ask_for_memory_again_and_again() -> None:
    for kedalaman in range(300):
        lega = RoomyStack(lambda _, d=kedalaman: di_dalam(d, berulang))  # type: ignore[misc]
        assert permintaan_memori(lambda lega=lega: lega(None)) < 1000, kedalaman  # type: ignore[misc]
