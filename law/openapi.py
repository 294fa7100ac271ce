"""The law of the description: what software was promised once stays true.

    python -m law.openapi                   what changed since docs/reference/openapi.json, and whether it breaks anybody
    python -m law.openapi --write           the committed copy is written anew; a breaking change is refused
    python -m law.openapi --write --break   … unless it is meant: say so in CHANGELOG.md and raise the version

``breaking`` compares two descriptions as a caller meets them: whoever sends what was right before must still be right, and
whoever reads what was promised before must still find it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

COPY = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")
TIGHTER = {
    "minLength": 1,
    "minimum": 1,
    "exclusiveMinimum": 1,
    "minItems": 1,
    "maxLength": -1,
    "maximum": -1,
    "maxItems": -1,
}
"""Which way a bound may move in what is asked for: up is tighter for the lower ones, down for the upper ones."""


def breaking(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What would break a caller, one sentence each; none when everything that was right stays right."""
    found: list[str] = []
    for path, methods in old["paths"].items():
        for method in METHODS:
            if method not in methods:
                continue
            where = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                found.append(f"{where} is gone")
                continue
            found += _operation(where, methods[method], now, old, new)
    return list(dict.fromkeys(found))


def _operation(
    where: str, before: dict[str, Any], now: dict[str, Any], old: dict[str, Any], new: dict[str, Any]
) -> list[str]:
    found = []
    if before["operationId"] != now["operationId"]:
        found.append(f"{where}: operationId {before['operationId']} is now {now['operationId']}")
    if before.get("security") != now.get("security"):
        found.append(f"{where}: needs another scope")
    found += _parameters(where, before, now)
    asked, asks = _content(before.get("requestBody")), _content(now.get("requestBody"))
    for kind in asked:
        if kind not in asks:
            found.append(f"{where}: takes no {kind} any more")
        else:
            found += _asked(f"{where} body", asked[kind], asks[kind], old, new, set())
    if not asked and (now.get("requestBody") or {}).get("required"):
        found.append(f"{where}: a body is required now")
    for status, answer in before["responses"].items():
        if status not in now["responses"]:
            found += [f"{where}: answers {status} no more"] if status.startswith("2") else []
            continue
        kinds, kept = _content(_shared(answer, old)), _content(_shared(now["responses"][status], new))
        for kind in kinds:
            if kind not in kept:
                found.append(f"{where}: answers {status} no more as {kind}")
            else:
                found += _answered(f"{where} {status}", kinds[kind], kept[kind], old, new, set())
    gone = set(before.get("x-codes", ())) - set(now.get("x-codes", ()))
    return found + [f"{where}: refuses no more with {code}" for code in sorted(gone)]


def _parameters(where: str, before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    were = {(one["in"], one["name"]): one for one in before.get("parameters", ())}
    are = {(one["in"], one["name"]): one for one in now.get("parameters", ())}
    found = [f"{where}: parameter {name} is gone" for place, name in were.keys() - are.keys()]
    for key, one in are.items():
        if one.get("required") and not were.get(key, {}).get("required"):
            found.append(f"{where}: parameter {key[1]} is required now")
        if key in were:
            found += _bounds(f"{where} parameter {key[1]}", were[key]["schema"], one["schema"])
    return sorted(found)


def _asked(where: str, before: Any, now: Any, old: Any, new: Any, seen: set[str]) -> list[str]:
    """A schema of what comes in: it may only grow wider."""
    if (mark := f"{before.get('$ref')}{now.get('$ref')}") in seen and "$ref" in before:
        return []
    seen.add(mark)
    before, now = _resolved(before, old), _resolved(now, new)
    found = _bounds(where, before, now)
    required = set(now.get("required", ())) - set(before.get("required", ()))
    found += [f"{where}.{name} is required now" for name in sorted(required)]
    for name, kind in before.get("properties", {}).items():
        if name not in now.get("properties", {}):
            found.append(f"{where}.{name} is taken no more")
        else:
            found += _asked(f"{where}.{name}", kind, now["properties"][name], old, new, seen)
    if "items" in before and "items" in now:
        found += _asked(f"{where}[]", before["items"], now["items"], old, new, seen)
    return found


def _answered(where: str, before: Any, now: Any, old: Any, new: Any, seen: set[str]) -> list[str]:
    """A schema of what goes out: what was always there stays, and stays what it was."""
    if (mark := f"{before.get('$ref')}{now.get('$ref')}") in seen and "$ref" in before:
        return []
    seen.add(mark)
    before, now = _resolved(before, old), _resolved(now, new)
    if _types(before) and _types(now) - _types(before):
        return [f"{where} is {sorted(_types(now))} and was {sorted(_types(before))}"]
    new_words = set(map(str, now.get("enum", ()))) - set(map(str, before.get("enum", ())))
    found = [f"{where} may now say {word}" for word in sorted(new_words)] if "enum" in before else []
    lost = set(before.get("required", ())) - set(now.get("required", ()))
    found += [f"{where}.{name} may be missing now" for name in sorted(lost)]
    for name, kind in before.get("properties", {}).items():
        if name not in now.get("properties", {}):
            found.append(f"{where}.{name} is gone")
        else:
            found += _answered(f"{where}.{name}", kind, now["properties"][name], old, new, seen)
    if "items" in before and "items" in now:
        found += _answered(f"{where}[]", before["items"], now["items"], old, new, seen)
    return found


def _bounds(where: str, before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    found = []
    if _types(before) - _types(now) and _types(now):
        found.append(f"{where} is {sorted(_types(now))} and was {sorted(_types(before))}")
    gone = set(map(str, before.get("enum", ()))) - set(map(str, now.get("enum", ())))
    if "enum" in now and (gone or "enum" not in before):
        found.append(f"{where} takes fewer words")
    for name, way in TIGHTER.items():
        if name in now and (name not in before or (now[name] - before[name]) * way > 0):
            found.append(f"{where}: {name} is tighter")
    if "pattern" in now and now["pattern"] != before.get("pattern"):
        found.append(f"{where}: another pattern")
    return found


def _types(schema: dict[str, Any]) -> set[str]:
    if "anyOf" in schema:
        return set().union(*(_types(one) for one in schema["anyOf"]))
    if "$ref" in schema:
        return {"object"}
    kind = schema.get("type", "string" if "enum" in schema else "")
    return set(kind) if isinstance(kind, list) else {kind} if kind else set()


def _shared(answer: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in answer:
        return answer
    found: dict[str, Any] = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return found


def _content(holder: dict[str, Any] | None) -> dict[str, Any]:
    return {kind: body["schema"] for kind, body in ((holder or {}).get("content") or {}).items()}


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """What a reference stands for; of ``X or null`` the X."""
    if "anyOf" in schema and len(real := [one for one in schema["anyOf"] if one.get("type") != "null"]) == 1:
        inner = _resolved(real[0], document)
        return {**inner, "type": ["null", *sorted(_types(inner) or {"object"})]}
    if "$ref" in schema:
        found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def written(document: dict[str, Any]) -> str:
    """As the committed copy has it: one line a thing, so that a change is read in a diff."""
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def main(arguments: list[str]) -> int:
    import django

    django.setup()
    from walletdesk.doors.rest_api.app import description

    now = description()
    old = json.loads(COPY.read_text()) if COPY.exists() else {"paths": {}}
    broken = breaking(old, now)
    for sentence in broken:
        print(f"breaks: {sentence}")
    if "--write" not in arguments:
        print("as committed" if json.dumps(old) == json.dumps(now) else "it changed: python -m law.openapi --write")
        return 1 if broken else 0
    if broken and "--break" not in arguments:
        print("not written; if it is meant: --write --break, a line in CHANGELOG.md and another version")
        return 1
    COPY.write_text(written(now))
    print(f"{COPY.name} written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
