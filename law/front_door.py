"""The import law's front door: from outside, a room is its ``public.py`` and nothing else.

Why: what a room does inside may change any day; what it promises stands on one page. Who may use a side entrance:

    doors.telephone     a room's ``ports``: it holds the gateway that it was given
    adapters, project   a room's ``ports`` (to fill them) and ``handlers``, ``tasks``, ``events`` (project joins them)
    operator_admin      a room's ``models``, to show them

A part of a room that has a front door of its own (``hotline.prompts.public``) is entered by it.

The foundation's ``i18n.words``, ``errors`` and ``kill_points`` are single modules that everybody may import.
"""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

WINGS = ("foundation", "trust", "money", "service")
ANYBODY = ("walletdesk.foundation.errors", "walletdesk.foundation.i18n.words", "walletdesk.foundation.kill_points")
SIDE_ENTRANCES = {
    "walletdesk.project": {"ports", "handlers", "tasks", "events", "apps"},
    "walletdesk.adapters": {"ports"},
    "walletdesk.doors.telephone": {"ports"},
    "walletdesk.doors.operator_admin": {"models"},
}


def room_of(module: str) -> str | None:
    """``walletdesk.money.ledger`` for anything inside it; None for what is not in a room."""
    parts = module.split(".")
    if len(parts) >= 3 and parts[0] == "walletdesk" and parts[1] in WINGS:
        return ".".join(parts[:3])
    return None


def may_enter(importer: str, imported: str) -> bool:
    room = room_of(imported)
    if room is None or room == room_of(importer) or imported.startswith(ANYBODY):
        return True
    entrance, *further = imported.removeprefix(room).lstrip(".").split(".")
    if further == ["public"]:
        return True
    allowed = {"public"}
    for who, also in SIDE_ENTRANCES.items():
        if importer == who or importer.startswith(f"{who}."):
            allowed |= also
    return entrance in allowed


class FrontDoorContract(Contract):
    type_name = "front_door"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        wrong = sorted(
            (importer, imported)
            for importer in graph.modules
            if importer.startswith("walletdesk.")
            for imported in graph.find_modules_directly_imported_by(importer)
            if imported.startswith("walletdesk.") and not may_enter(importer, imported)
        )
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        wrong: list[tuple[str, str]] = check.metadata["wrong"]
        for importer, imported in wrong:
            output.print_error(f"{importer} enters {imported}, a back room.", bold=True)
            output.print_error(f"  Instead: import it from {room_of(imported)}.public; if it is not offered there, ask")
            output.print_error("  whether the room should do the work itself and offer a verb, or publish a fact.")

    def validate(self) -> None: ...

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
