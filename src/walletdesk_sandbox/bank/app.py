"""The REST interface of the practice bank: the routes stand in the package's docstring."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from walletdesk_sandbox.bank.books import BankBooks, ReferenceUsed
from walletdesk_sandbox.bank.faults import FaultBoard

_REFERENCE = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
_ASSET = re.compile(r"[A-Z0-9]{3,12}", re.ASCII)
_DOWN = {"error": "down", "done": False}


def bank_app(data: Path, seed: int) -> Starlette:
    """A bank whose books lie at ``data``."""
    bank = _Bank(BankBooks(data, seed), FaultBoard())
    return Starlette(
        routes=[
            Route("/health", bank.health),
            Route("/pulls", bank.pull, methods=["POST"]),
            Route("/pulls/{reference}", bank.ask),
            Route("/pulls/{reference}/void", bank.void, methods=["POST"]),
            Route("/statement", bank.statement),
            Route("/faults", bank.faults, methods=["GET", "POST", "DELETE"]),
        ]
    )


class _Bank:
    def __init__(self, books: BankBooks, board: FaultBoard) -> None:
        self.books = books
        self.board = board

    async def health(self, request: Request) -> Response:
        return JSONResponse({"bank": "sandbox", "faults": self.board.as_json()})

    async def pull(self, request: Request) -> Response:
        wish = await _json(request)
        problem = _problem_with(wish)
        if problem:
            return JSONResponse({"error": problem, "done": False}, 422)
        faults = self.board.for_this_pull()
        if faults.latency_ms:
            await asyncio.sleep(faults.latency_ms / 1000)
        if faults.down:
            return JSONResponse(_DOWN, 503)
        if faults.lose_request:
            return await _silence(request)
        try:
            pull, first = await run_in_threadpool(
                self.books.pull, wish["reference"], wish["amount_minor"], wish["asset"], faults.decline
            )
        except ReferenceUsed:
            return JSONResponse({"error": "reference_used", "done": False}, 409)
        if faults.lose_answer:
            return await _silence(request)
        if faults.late_answer_seconds:
            await asyncio.sleep(faults.late_answer_seconds)
        return JSONResponse(pull.as_json(), 201 if first else 200)

    async def ask(self, request: Request) -> Response:
        if self.board.now.down or self.board.now.no_questions:
            return JSONResponse(_DOWN, 503)
        pull = await run_in_threadpool(self.books.find, request.path_params["reference"])
        return JSONResponse(pull.as_json()) if pull else JSONResponse({"error": "never_heard_of"}, 404)

    async def void(self, request: Request) -> Response:
        if self.board.now.down or self.board.now.no_questions:
            return JSONResponse(_DOWN, 503)
        if not _REFERENCE.fullmatch(request.path_params["reference"]):
            return JSONResponse({"error": "reference", "done": False}, 422)
        pull = await run_in_threadpool(self.books.void, request.path_params["reference"])
        return JSONResponse(pull.as_json())

    async def statement(self, request: Request) -> Response:
        day = request.query_params.get("day", datetime.now(UTC).date().isoformat())
        pulls = await run_in_threadpool(self.books.statement, day)
        sums: dict[str, int] = {}
        for pull in pulls:
            sums[pull.asset] = sums.get(pull.asset, 0) + pull.amount_minor
        return JSONResponse({"day": day, "pulls": [pull.as_json() for pull in pulls], "sums": sums})

    async def faults(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.board.set({})
        elif request.method == "POST":
            try:
                self.board.set(await _json(request))
            except (TypeError, ValueError) as problem:
                return JSONResponse({"error": f"no such fault: {problem}"}, 422)
        return JSONResponse(self.board.as_json())


async def _json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _problem_with(wish: dict[str, Any]) -> str:
    """The name of the first field that makes no sense, or nothing."""
    if not isinstance(wish.get("reference"), str) or not _REFERENCE.fullmatch(wish["reference"]):
        return "reference"
    if type(wish.get("amount_minor")) is not int or not 0 < wish["amount_minor"] < 2**63:
        return "amount_minor"
    if not isinstance(wish.get("asset"), str) or not _ASSET.fullmatch(wish["asset"]):
        return "asset"
    return ""


async def _silence(request: Request) -> Response:
    """Hold the line open and say nothing until the other side gives up."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.2)
    return Response(status_code=499)
