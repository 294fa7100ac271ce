"""The interfaces of the practice post office: the routes stand in the package's docstring."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from walletdesk_sandbox.sms import aliyun, twilio
from walletdesk_sandbox.sms.box import Box, Item
from walletdesk_sandbox.sms.faults import FaultBoard, Faults
from walletdesk_sandbox.sms.page import HEADERS, STYLE, page
from walletdesk_sandbox.sms.receipts import Receipts

_E164 = re.compile(r"\+[1-9][0-9]{5,14}", re.ASCII)
LONGEST_TEXT = 1_600


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who may send in the dialects of others."""

    twilio: tuple[str, str] = ("AC" + "0" * 32, "sandbox-token")
    aliyun: tuple[str, str] = ("sandbox-key", "sandbox-secret")


def post_app(
    box: Box, accounts: Accounts | None = None, hosts: tuple[str, ...] = (), receipts: Receipts | None = None
) -> Starlette:
    """A post office over this box."""
    post = _Post(box, FaultBoard(), accounts or Accounts(), receipts or Receipts())
    twilio_messages = "/2010-04-01/Accounts/{account}/Messages"
    return Starlette(
        routes=[
            Route("/", post.shown, methods=["GET"]),
            Route("/", post.aliyun, methods=["POST"]),
            Route("/style.css", _style),
            Route("/health", post.health),
            Route("/received", post.received),
            Route("/texts", post.take, methods=["POST"]),
            Route("/texts/{id}", post.where),
            Route(f"{twilio_messages}.json", post.twilio, methods=["POST"]),
            Route(f"{twilio_messages}/{{sid}}.json", post.twilio_where),
            Route("/faults", post.faults, methods=["GET", "POST", "DELETE"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", *hosts])],
    )


async def _style(request: Request) -> Response:
    return Response(STYLE, media_type="text/css", headers=HEADERS)


class _Post:
    def __init__(self, box: Box, board: FaultBoard, accounts: Accounts, receipts: Receipts) -> None:
        self.box = box
        self.receipts = receipts
        self.board = board
        self.accounts = accounts
        self.nonces: set[str] = set()

    async def health(self, request: Request) -> Response:
        return JSONResponse({"post": "sandbox", "faults": self.board.as_json()})

    async def shown(self, request: Request) -> Response:
        receiver = request.query_params.get("to", "")
        items = await run_in_threadpool(self.box.received, receiver)
        return HTMLResponse(page(items, receiver), headers=HEADERS)

    async def received(self, request: Request) -> Response:
        items = await run_in_threadpool(self.box.received, request.query_params.get("to", ""))
        return JSONResponse([item.as_json() for item in items])

    async def take(self, request: Request) -> Response:
        """The dialect of its own."""
        wish = await _json(request)
        to, text, reference = (wish.get(name) for name in ("to", "text", "reference"))
        if not (isinstance(to, str) and _E164.fullmatch(to)):
            return JSONResponse({"taken": False, "error": "to"}, 422)
        if not (isinstance(text, str) and 0 < len(text) <= LONGEST_TEXT and isinstance(reference, str) and reference):
            return JSONResponse({"taken": False, "error": "text"}, 422)
        faults = await self._meet()
        if faults.down or faults.busy:
            return JSONResponse(
                {"taken": False, "error": "down" if faults.down else "busy"}, 503 if faults.down else 429
            )
        if faults.decline:
            return JSONResponse({"taken": False, "error": "unreachable"}, 422)
        item, new = await self._put(request, faults, to, text, reference=reference)
        if item is None:
            return _lost(faults)
        self.receipts.send(item, str(wish.get("report_to") or ""))
        return JSONResponse({"taken": new, "id": item.id, "error": "" if new else "known"}, 201 if new else 409)

    async def where(self, request: Request) -> Response:
        item = await run_in_threadpool(self.box.find, request.path_params["id"])
        return JSONResponse({"state": item.state}) if item else JSONResponse({"error": "never_heard_of"}, 404)

    async def twilio(self, request: Request) -> Response:
        account, token = self.accounts.twilio
        if not twilio.knows(request, account, token):
            return twilio.said(twilio.WHO)
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        to, body = form.get("To", ""), form.get("Body", "")
        sender = form.get("From") or form.get("MessagingServiceSid") or ""
        for wrong, problem in (
            (not _E164.fullmatch(to), twilio.NO_NUMBER),
            (not 0 < len(body) <= LONGEST_TEXT, twilio.NO_BODY),
            (not sender, twilio.NO_SENDER),
        ):
            if wrong:
                return twilio.said(problem)
        faults = await self._meet()
        if refused := twilio.refused_by(faults):
            return refused
        item, _ = await self._put(request, faults, to, body, sender=sender)
        return JSONResponse(twilio.shown(item, account), 201) if item else _lost(faults)

    async def twilio_where(self, request: Request) -> Response:
        account, token = self.accounts.twilio
        if not twilio.knows(request, account, token):
            return twilio.said(twilio.WHO)
        item = await run_in_threadpool(self.box.find, request.path_params["sid"].removeprefix("SM"))
        return JSONResponse(twilio.shown(item, account)) if item else twilio.said(twilio.NOT_THERE)

    async def aliyun(self, request: Request) -> Response:
        body = await request.body()
        if problem := aliyun.problem_with(request, body, *self.accounts.aliyun, self.nonces):
            return aliyun.said(problem, 400)
        query = aliyun.query_of(request)
        if request.headers["x-acs-action"] == "QuerySendDetails":
            return aliyun.details(await run_in_threadpool(self.box.find, query.get("BizId", "")))
        if request.headers["x-acs-action"] != "SendSms":
            return aliyun.said("InvalidAction.NotFound", 404)
        words, to = aliyun.words_of(query), aliyun.e164(query.get("PhoneNumbers", ""))
        if words is None or not _E164.fullmatch(to):
            return aliyun.said("isv.MOBILE_NUMBER_ILLEGAL" if words else "isv.PARAM_NOT_EXIST")
        faults = await self._meet()
        if refused := aliyun.refused_by(faults):
            return refused
        item, _ = await self._put(request, faults, to, words, sender=query["SignName"])
        return aliyun.said("OK", BizId=item.id) if item else _lost(faults)

    async def faults(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.board.set({})
        elif request.method == "POST":
            try:
                self.board.set(await _json(request))
            except ValueError as problem:
                return JSONResponse({"error": f"no such fault: {problem}"}, 422)
        return JSONResponse(self.board.as_json())

    async def _meet(self) -> Faults:
        faults = self.board.for_this_text()
        if faults.latency_ms:
            await asyncio.sleep(faults.latency_ms / 1000)
        return faults

    async def _put(
        self, request: Request, faults: Faults, to: str, text: str, *, sender: str = "", reference: str = ""
    ) -> tuple[Item | None, bool]:
        """The item as it was kept; None where the asker hears nothing of it."""
        if faults.broken:
            return None, False
        if faults.lose_request:
            await _silence(request)
            return None, False
        item, new = await run_in_threadpool(
            lambda: self.box.put("text", to, text, sender=sender, reference=reference, state=faults.then)
        )
        if faults.lose_answer:
            await _silence(request)
            return None, False
        return item, new


async def _json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


async def _silence(request: Request) -> None:
    """Hold the line open and say nothing until the other side gives up."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.2)


def _lost(faults: Faults) -> Response:
    return Response("the post office has a bad day", 500 if faults.broken else 499)
