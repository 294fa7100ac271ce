"""``docs/reference/errors.md``, written from the refusals that ``/v1`` can give: ``python -m law.error_codes``."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "errors.md"
HEAD = """# Codes of refusals

Every refusal is `application/problem+json` (RFC 9457). `code` is stable: build on it. `title`, `detail`, `money` (where the money
is) and `next` (the one safe next step) are for people, in the language of `Accept-Language`; `words` has them in `zh` and `en`.
`data` holds the figures of the refusal (`short_by`, `until`, …), `errors` says where a body or parameter is not as described.

    {"type": "/v1/docs#not_enough_money", "title": "Not enough money: ¥5.00 short", "status": 409, "code": "not_enough_money",
     "detail": "…", "money": "…", "next": "Top up, then pay again", "words": {"zh": {…}, "en": {…}},
     "instance": "urn:uuid:01a2…", "data": {"short_by": {"minor": 500, "asset": "CNY"}}}

This page is written by `python -m law.error_codes`, and a test holds it to what is.

| code | status | what happened | 发生了什么 | given by |
|---|---|---|---|---|
"""


def page() -> str:
    """The page for this release."""
    from walletdesk.doors.rest_api.description import refusals_by_code
    from walletdesk.doors.rest_api.reading_page import EVERYWHERE
    from walletdesk.doors.rest_api.resources.everything import ENDPOINTS

    given: dict[str, list[str]] = {code: [] for code in EVERYWHERE.split()}
    for endpoint in ENDPOINTS:
        for code in dict.fromkeys(endpoint.refuses.split()):
            if code not in EVERYWHERE.split():
                given.setdefault(code, []).append(endpoint.name)
    known = refusals_by_code()
    rows = [
        f"| `{code}` | {known[code].status} | {known[code].what.en} | {known[code].what.zh} | "
        f"{', '.join(f'`{name}`' for name in names) or 'any'} |"
        for code, names in sorted(given.items(), key=lambda pair: (known[pair[0]].status, pair[0]))
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    import django

    django.setup()
    PAGE.write_text(page())
    print(f"{PAGE.name} written")
