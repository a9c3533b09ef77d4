"""How gunicorn serves ZI Tracker; it reads this file by itself."""

import os
from typing import Any

bind = os.environ.get("ALAMAT", "127.0.0.1:8000")
# Processes render; threads only keep a slow upload from holding a whole process.
workers = int(os.environ.get("WEB_CONCURRENCY", min(max(os.cpu_count() or 2, 2), 8)))
worker_class = "gthread"
threads = 4
timeout = 60
preload_app = True
max_requests = 2000
max_requests_jitter = 200
loglevel = "warning"


def when_ready(server: Any) -> None:
    alamat = ", ".join(map(str, server.LISTENERS))
    print(f"\nZI Tracker siap di {alamat} (berhenti: Ctrl+C)", flush=True)  # noqa: T201
