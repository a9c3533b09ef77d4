"""A whole office for the browser: the product as it is served, on a database of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

BANGUN = "import django; django.setup(); from tests.browser.penghuni import main; main()"
GALAT = r"^(?:[\w.]+(?:Error|Exception|DoesNotExist|NoReverseMatch|Warning)\b.*|.* ERROR .*)$"


class Kantor:
    """`folder` holds everything it writes. `isi` says who is there and what to look at (penghuni.py)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.isi: dict = {}
        self.url = ""
        self._server: subprocess.Popen | None = None

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "zi_tracker.settings",
            "ZI_MODE": "development",
            "ZI_DEMO": "1",
            "SECRET_KEY": "hanya-untuk-uji",
            "DATABASE_URL": f"sqlite:///{self.folder / 'zi.sqlite3'}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "CACHE_URL": f"filecache://{self.folder / 'cache'}",
            "STATIC_ROOT": str(self.folder.parent / "static"),
            "PYTHONWARNINGS": "error",
            "LOG_LEVEL": "WARNING",
        }

    def prepare(self) -> None:
        self.folder.mkdir()
        self._manage("collectstatic", "--no-input", "--verbosity", "0")
        self._manage("migrate", "--no-input", "--verbosity", "0")
        self._manage("load_plan", "fixtures/rencana_aksi_1503_2025.yaml")
        self._manage("load_demo")
        out = subprocess.run(
            [sys.executable, "-c", BANGUN],
            cwd=settings.BASE_DIR,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        self.isi = json.loads(out.stdout.splitlines()[-1])

    def copy(self, folder: Path) -> "Kantor":
        """Another office with the same past, sessions of the people included."""
        shutil.copytree(self.folder, folder)
        salinan = Kantor(folder)
        salinan.isi = self.isi
        return salinan

    def _manage(self, *perintah: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *perintah],
            cwd=settings.BASE_DIR,
            env=self.env,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self._serve()

    def _serve(self) -> None:
        log = (self.folder / "log").open("a")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "zi_tracker.wsgi"],
            cwd=settings.BASE_DIR,
            env={**self.env, "ALAMAT": self.url.removeprefix("http://"), "WEB_CONCURRENCY": "2"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/masuk/").close()
            except (urllib.error.URLError, ConnectionError):
                assert self._server.poll() is None, self.log()
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.log())

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def errors(self) -> list[str]:
        """What the server could not do: the last line of each traceback, and the address."""
        return re.findall(GALAT, self.log(), re.MULTILINE)

    def kill(self) -> None:
        """As a power cut would: the server and its workers at once, in the middle of whatever they did."""
        assert self._server
        for pid in [self._server.pid, *self.workers()]:
            os.kill(pid, signal.SIGKILL)
        self._server.wait()

    def workers(self) -> list[int]:
        assert self._server
        pid = self._server.pid
        return [int(anak) for anak in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def start_again(self) -> None:
        """At the same address."""
        self._serve()

    def stop(self) -> None:
        if self._server:
            self._server.terminate()
            self._server.wait(timeout=30)
            self._server = None
