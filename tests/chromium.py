"""Which Chromium the tests drive, and how it is started.

Debian's headless shell where it is: it draws the same pages without a browser's own windows around them and takes a
quarter less of the machine. It shows no notifications: whoever looks at those asks for ``WHOLE``.
"""

from __future__ import annotations

import os
from pathlib import Path

WHOLE = os.environ.get("WALLETDESK_CHROMIUM", "/usr/bin/chromium")
_SHELL = "/usr/bin/chromium-headless-shell"
CHROMIUM = _SHELL if "WALLETDESK_CHROMIUM" not in os.environ and Path(_SHELL).exists() else WHOLE
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",  # calls between pages and the hotline of this machine
    "--autoplay-policy=no-user-gesture-required",
]
