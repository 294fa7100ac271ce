"""How the line stands in the network."""

from __future__ import annotations

from dataclasses import dataclass, field

from walletdesk.adapters.telephony.sip.porter import PorterRules


@dataclass(frozen=True, slots=True)
class Trunk:
    """The one way out, and a way in. With ``user`` we prove ourselves and register; without, it knows us by our address."""

    host: str
    port: int = 5060
    user: str = ""
    password: str = ""
    domain: str = ""  # what stands behind the @; the host, unless told
    expires: int = 300
    register: bool = True

    @property
    def registers(self) -> bool:
        return self.register and bool(self.user)

    @property
    def realm(self) -> str:
        return self.domain or self.host


@dataclass(frozen=True, slots=True)
class LineSettings:
    """``public_host``: what we call ourselves, where it is not what we are bound to (behind a translator of addresses)."""

    host: str = "127.0.0.1"
    port: int = 5060
    public_host: str = ""
    rules: PorterRules = field(default_factory=PorterRules)
    trunk: Trunk | None = None

    def __post_init__(self) -> None:
        if self.shown_host in ("0.0.0.0", "::"):  # noqa: S104 — refused, not bound
            raise ValueError("bound to every address, we must be told which one to name: HOTLINE_PUBLIC_HOST")

    @property
    def shown_host(self) -> str:
        return self.public_host or self.host
