"""Whether and where this installation answers the telephone.

``WALLETDESK_HOTLINE=off``: not at all. Else SIP is heard at ``HOTLINE_SIP_HOST`` and ``HOTLINE_SIP_PORT``; the demo, which
was told no port, takes another one when somebody's soft-phone has 5060.
"""

from __future__ import annotations

import os
import socket

from walletdesk.project.processes.trouble import PortTaken

USUAL_PORT = 5060
OTHER_PORTS = range(5062, 5100, 2)


def wanted() -> bool:
    """Whether the hotline is to run."""
    return os.environ.get("WALLETDESK_HOTLINE", "on").lower() not in ("off", "0", "no")


def line(*, any_port: bool = False) -> dict[str, str]:
    """The variables that say where SIP is heard. Raises PortTaken, unless ``any_port`` lets us look for a free one."""
    host = os.environ.get("HOTLINE_SIP_HOST", "127.0.0.1")
    named = os.environ.get("HOTLINE_SIP_PORT")
    ports = [int(named)] if named else [USUAL_PORT, *(OTHER_PORTS if any_port else ())]
    for port in ports:
        if _free(host, port):
            return {"HOTLINE_SIP_HOST": host, "HOTLINE_SIP_PORT": str(port)}
    raise PortTaken(
        f"The telephone's port {ports[0]} (UDP) on {host} is taken by another program. Stop it, name another one with"
        " HOTLINE_SIP_PORT, or serve without a telephone: WALLETDESK_HOTLINE=off"
    )


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True
