"""``/v1/openapi.json``, and ``/v1/docs``: the same for people, in Chinese and English, without a script and from nowhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from walletdesk.doors.rest_api.asked import Answer, Asked
from walletdesk.doors.rest_api.description import describe, refusals_by_code, statuses_of
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words

HTML = "text/html"
_DOORS = Path(__file__).parent.parent
STYLE = "\n".join(
    one.read_text() for one in (_DOORS / "_shared/static/walletdesk/tokens.css", _DOORS / "rest_api/reading_page.css")
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
ONLY_OURS = (
    b"content-security-policy",
    f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'; base-uri 'none'".encode(),
)
EVERYWHERE = (
    "request_unreadable header_repeated api_key_missing api_key_unknown api_key_revoked api_key_expired api_key_address_not_listed "
    "api_key_scope_missing idempotency_key_missing idempotency_key_malformed idempotency_body_differs "
    "idempotency_key_in_flight cursor_unusable path_unknown thing_not_found not_for_this_owner method_unknown too_slow "
    "body_too_big body_kind_unknown body_unusable parameter_unusable too_often our_fault not_now outcome_unknown"
)
# What stands behind /v1/ in an address → the chapter of the page. An address of none stands in the last one.
CHAPTERS = {
    "orders": Words("订单", "Orders"),
    "payments": Words("付款", "Payments"),
    "holds": Words("预授权", "Holds"),
    "refunds": Words("退款", "Refunds"),
    "agreements": Words("免密协议", "Agreements"),
    "transfers": Words("转账", "Transfers"),
    "wallets": Words("钱包", "Wallets"),
    "balances": Words("余额", "Balances"),
    "statements": Words("对账单", "Statements"),
    "merchant": Words("店铺", "The shop"),
    "cases": Words("案件", "Cases"),
    "events": Words("事件", "Events"),
    "webhooks": Words("事件推送", "Webhooks"),
    "contacts": Words("官方联系方式", "Official contacts"),
    "test": Words("测试用的顾客", "Customers to test with"),
    "": Words("请求、状态与说明", "Requests, health, description"),
}
SAME_CHAPTER = {"webhook-deliveries": "webhooks"}
SAID = {
    "contents": Words("目录", "Contents"),
    "title": Words("接口文档", "API reference"),
    "start": Words("怎么调用", "How to call"),
    "start_words": Words(
        "在请求头里带上密钥：Authorization: Bearer wdk_…。金额是最小单位的整数加货币，时间是 UTC 的 RFC 3339，编号是 UUID。"
        "列表用 next_cursor 往后读。",
        "Send your key as Authorization: Bearer wdk_…. Sums are whole minor units with an asset, times RFC 3339 in UTC, ids "
        "UUIDs. Lists are read on with next_cursor.",
    ),
    "money": Words("付款的约定", "The money contract"),
    "money_words": Words(
        "每个动钱的 POST 都要带 Idempotency-Key。同一个键、同样的内容，只生效一次，回答逐字节相同，并带 Idempotent-Replayed: true；"
        "内容不同是 422；前一个还没完是 409。202 且 state 为 unknown 表示还没人知道结果：请查 status_url，不要猜，也不要换键重付。",
        "Each POST that moves money needs an Idempotency-Key. The same key with the same body takes effect once and answers the "
        "same, byte for byte, with Idempotent-Replayed: true; another body is 422; a twin in flight is 409. A 202 with state "
        "unknown means that nobody knows yet: ask status_url, never guess, and never pay again under another key.",
    ),
    "codes": Words("拒绝的代码", "Codes of refusals"),
    "needs": Words("权限", "Scope"),
    "open": Words("不需要密钥", "No key needed"),
    "takes": Words("内容", "Body"),
    "query": Words("参数", "Parameters"),
    "answers": Words("回答", "Answers"),
    "refuses": Words("拒绝", "Refuses"),
    "key": Words("幂等键", "Idempotency-Key"),
    "required": Words("必须", "required"),
    "optional": Words("可选", "optional"),
    "things": Words("类型", "Types"),
    "other": Words("English", "中文"),
}


class PageAsk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lang: Annotated[Literal["zh", "en"], Meta(description="else by Accept-Language")] | None = None


def reading(endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """The two endpoints that describe all the others, and themselves."""

    @cache
    def document() -> dict[str, Any]:
        return describe([*endpoints, *ours])

    @cache
    def page(language: str) -> bytes:
        return _page(document(), [*endpoints, *ours], language).encode()

    def as_document(asked: Asked) -> Answer:
        return Answer(200, msgspec.json.encode(document()))

    def as_page(asked: Asked) -> Answer:
        wish: PageAsk = asked.query
        language = {"zh": CHINESE, "en": ENGLISH}.get(wish.lang or "", asked.language)
        return Answer(200, page(language), b"text/html; charset=utf-8", [ONLY_OURS])

    ours = [
        Endpoint(
            "GET",
            "/v1/openapi.json",
            "docs.openapi",
            Words("这份说明，OpenAPI 3.1", "This description, as OpenAPI 3.1"),
            dict[str, Any],
            as_document,
        ),
        Endpoint(
            "GET",
            "/v1/docs",
            "docs.page",
            Words("给人看的说明", "The same for people"),
            bytes,
            as_page,
            query=PageAsk,
            kinds=(HTML,),
        ),
    ]
    return ours


def _page(document: dict[str, Any], endpoints: Sequence[Endpoint], language: str) -> str:
    def say(words: Words) -> str:
        return escape(words.in_language(language))

    other = "en" if language == CHINESE else "zh"
    parts = [
        f'<!doctype html><html lang="{"zh-Hans" if language == CHINESE else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>Walletdesk /v1 · {say(SAID['title'])}</title><style>{STYLE}</style></head><body>",
        f"<header><h1>Walletdesk /v1</h1><p>{say(SAID['title'])} {escape(document['info']['version'])} · "
        f'<a href="/v1/openapi.json">OpenAPI 3.1</a> · <a href="/v1/docs?lang={other}" hreflang="{other}">'
        f"{say(SAID['other'])}</a></p></header>{_contents(endpoints, say)}<main>",
    ]
    for name in ("start", "money"):
        parts.append(f"<section id={name}><h2>{say(SAID[name])}</h2><p>{say(SAID[f'{name}_words'])}</p></section>")
    for name, of_it in _chapters(endpoints).items():
        parts.append(f'<section class="chapter" id="about-{name or "us"}"><h2>{say(CHAPTERS[name])}</h2>')
        parts += [_section(endpoint, document, say) for endpoint in of_it]
        parts.append("</section>")
    parts.append(f'<section id="types"><h2>{say(SAID["things"])}</h2>')
    parts += [_thing(name, schema) for name, schema in document["components"]["schemas"].items()]
    parts.append(f'</section><section id="codes"><h2>{say(SAID["codes"])}</h2><dl>')
    parts += [_code(code, say) for code in _codes(endpoints)]
    parts.append("</dl></section></main></body></html>")
    return "".join(parts)


def _chapters(endpoints: Sequence[Endpoint]) -> dict[str, list[Endpoint]]:
    found: dict[str, list[Endpoint]] = {name: [] for name in CHAPTERS}
    for endpoint in endpoints:
        name = endpoint.path.split("/")[2]
        name = SAME_CHAPTER.get(name, name)
        found[name if name in found else ""].append(endpoint)
    return found


def _contents(endpoints: Sequence[Endpoint], say: Any) -> str:
    links = [(name, SAID[name]) for name in ("start", "money")]
    links += [(f"about-{name or 'us'}", CHAPTERS[name]) for name in _chapters(endpoints)]
    links += [("types", SAID["things"]), ("codes", SAID["codes"])]
    rows = "".join(f'<li><a href="#{to}">{say(words)}</a></li>' for to, words in links)
    return f'<nav aria-label="{say(SAID["contents"])}"><ul>{rows}</ul></nav>'


def _section(endpoint: Endpoint, document: dict[str, Any], say: Any) -> str:
    operation = document["paths"][endpoint.path][endpoint.method.lower()]
    scope = "" if endpoint.scope in (None, "any") else f"<code>{endpoint.scope}</code>"
    rows = [(SAID["needs"], scope or (say(SAID["open"]) if endpoint.open_to_all else "—"))]
    if endpoint.idempotent != "no":
        rows.append((SAID["key"], say(SAID[endpoint.idempotent])))
    named = [one for one in operation["parameters"] if one["in"] == "query"]
    if named:
        rows.append((SAID["query"], ", ".join(f"<code>{escape(one['name'])}</code>" for one in named)))
    if "requestBody" in operation:
        rows.append((SAID["takes"], _kinds(operation["requestBody"]["content"])))
    own = operation["responses"][str(endpoint.status)]
    statuses = ", ".join(str(status) for status in sorted(statuses_of(endpoint)))
    rows.append((SAID["answers"], f"{endpoint.status} {_kinds(own.get('content', {}))}; {statuses}"))
    if endpoint.refuses:
        codes = dict.fromkeys(endpoint.refuses.split())
        rows.append((SAID["refuses"], ", ".join(f'<a href="#{code}"><code>{code}</code></a>' for code in codes)))
    table = "".join(f"<tr><th scope=row>{say(words)}</th><td>{value}</td></tr>" for words, value in rows)
    return (
        f'<section id="{endpoint.name}"><h3><b class="{endpoint.method.lower()}">{endpoint.method}</b> '
        f"<code>{escape(endpoint.path)}</code></h3><p>{say(endpoint.words)}</p><table>{table}</table></section>"
    )


def _kinds(content: dict[str, Any]) -> str:
    shown = []
    for kind, body in content.items():
        ref = body["schema"].get("$ref", "").rpartition("/")[2]
        shown.append(f'<a href="#type-{ref}"><code>{ref}</code></a>' if ref else f"<code>{escape(kind)}</code>")
    return ", ".join(shown)


def _thing(name: str, schema: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><th scope=row><code>{escape(field)}</code></th><td>{_type(kind)}</td><td>{_told(kind)}</td></tr>"
        for field, kind in schema.get("properties", {}).items()
    )
    return (
        f'<article id="type-{name}"><h3><code>{name}</code></h3><p>{_told(schema)}</p><table>{rows}</table></article>'
    )


def _told(described: dict[str, Any]) -> str:
    """What a docstring says, its names as names."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(described.get("description", "")))


def _type(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        name = kind["$ref"].rpartition("/")[2]
        return f'<a href="#type-{name}"><code>{name}</code></a>'
    if "anyOf" in kind:
        return " | ".join(_type(one) for one in kind["anyOf"])
    if "enum" in kind:
        return " | ".join(f"<code>{escape(str(one))}</code>" for one in kind["enum"])
    if kind.get("type") == "array":
        return f"[{_type(kind.get('items', {}))}]"
    return escape(" ".join(str(kind[name]) for name in ("type", "format") if name in kind) or "any")


def _codes(endpoints: Sequence[Endpoint]) -> list[str]:
    return list(
        dict.fromkeys([*EVERYWHERE.split(), *(code for endpoint in endpoints for code in endpoint.refuses.split())])
    )


def _code(code: str, say: Any) -> str:
    refusal = refusals_by_code()[code]
    parts = (refusal.what, refusal.money, refusal.next)
    return f'<dt id="{code}"><code>{code}</code> {refusal.status}</dt><dd>{" · ".join(say(one) for one in parts)}</dd>'
