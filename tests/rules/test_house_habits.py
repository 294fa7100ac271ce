"""Habits of the house that a tool can see: short files, short functions, names with a subject, a docstring at each door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for folder in ("src", "tests", "bench", "law")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)
ROOMS = sorted(
    path.parent
    for wing in ("foundation", "trust", "money", "service")
    for path in (ROOT / "src/walletdesk" / wing).glob("*/__init__.py")
)
NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "data", "info"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_no_function_is_longer_than_70_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, FUNCTIONS) and (node.end_lineno or 0) - node.lineno >= 70
    ]
    assert not long


def test_each_name_has_a_subject() -> None:
    assert not [
        str(path.relative_to(ROOT)) for path in SOURCES if path.stem in NO_SUBJECT or path.parent.name in NO_SUBJECT
    ]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_for(room: Path) -> None:
    words = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
    assert len(words) > 30, f"{room.name} has no docstring about what it is for and what it refuses to know"


@pytest.mark.parametrize("room", [room for room in ROOMS if (room / "public.py").exists()], ids=lambda room: room.name)
def test_a_front_door_explains_its_refusals(room: Path) -> None:
    assert len(ast.get_docstring(ast.parse((room / "public.py").read_text())) or "") > 60


def test_rules_of_money_never_meet_a_float() -> None:
    """``float`` and true division appear in no rule about money (ADR 0002)."""
    guilty = []
    for path in sorted((ROOT / "src/walletdesk/money").rglob("rules*/**/*.py")) + sorted(
        (ROOT / "src/walletdesk/money").rglob("rules.py")
    ):
        for node in ast.walk(ast.parse(path.read_text())):
            if (isinstance(node, ast.Name) and node.id == "float") or (
                isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            ):
                guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not guilty


def test_a_code_of_a_refusal_is_defined_once() -> None:
    """Software builds on a code, so it has one meaning and one set of words, whoever gives it."""
    where: dict[str, list[str]] = {}
    for path in (ROOT / "src/walletdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                for code in _codes(node):
                    where.setdefault(code, []).append(f"{path.relative_to(ROOT)} {node.name}")
    assert len(where) > 100, "this test looks in the wrong place"
    assert not {code: classes for code, classes in where.items() if len(classes) > 1}


def _codes(node: ast.ClassDef) -> list[str]:
    return [
        line.value.value
        for line in node.body
        if isinstance(line, ast.Assign)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
        and any(isinstance(name, ast.Name) and name.id == "code" for name in line.targets)
    ]
