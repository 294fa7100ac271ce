"""The interface of the practice push service: the routes stand in the package's docstring."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from walletdesk_sandbox.push.opening import BrowserKeys, NotOpened, NotTrusted, bytes_of, claims_of, opened, text_of

LARGEST = 4096
FAULTS = {"answer": 0, "lose_answer": False, "redirect": ""}


def push_app(origin: str) -> Starlette:
    """A push service that is reached at ``origin``."""
    service = _Service(origin)
    return Starlette(
        routes=[
            Route("/health", service.health),
            Route("/subscriptions", service.subscribe, methods=["POST"]),
            Route("/subscriptions/{id}", service.leave, methods=["DELETE"]),
            Route("/push/{id}", service.push, methods=["POST"]),
            Route("/received", service.received),
            Route("/faults", service.set_faults, methods=["GET", "POST", "DELETE"]),
        ]
    )


class _Service:
    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.browsers: dict[str, BrowserKeys] = {}
        self.gone: set[str] = set()
        self.read: list[dict[str, Any]] = []
        self.faults: dict[str, Any] = dict(FAULTS)

    async def health(self, request: Request) -> Response:
        return JSONResponse({"push": "sandbox"})

    async def subscribe(self, request: Request) -> Response:
        wish = json.loads(await request.body())
        its_id = secrets.token_hex(8)
        keys = self.browsers[its_id] = BrowserKeys.fresh(bytes_of(wish["key"]))
        endpoint = f"{self.origin}/push/{its_id}"
        return JSONResponse(
            {"id": its_id, "endpoint": endpoint, "p256dh": text_of(keys.public), "auth": text_of(keys.secret)}, 201
        )

    async def leave(self, request: Request) -> Response:
        self.gone.add(request.path_params["id"])
        return Response(status_code=204)

    async def push(self, request: Request) -> Response:
        its_id, faults = request.path_params["id"], self.faults
        if faults["redirect"]:
            return RedirectResponse(faults["redirect"], 307)
        if faults["answer"]:
            return Response(status_code=faults["answer"])
        if its_id in self.gone:
            return Response(status_code=410)
        keys = self.browsers.get(its_id)
        if keys is None:
            return Response(status_code=404)
        sealed = await request.body()
        if len(sealed) > LARGEST:
            return Response(status_code=413)
        if not request.headers.get("ttl", "").isdigit() or request.headers.get("content-encoding") != "aes128gcm":
            return Response(status_code=400)
        try:
            claims = claims_of(request.headers.get("authorization", ""), keys, self.origin, time.time())
        except NotTrusted as problem:
            return JSONResponse({"error": str(problem)}, 403)
        self.read.append(self._as_read(its_id, sealed, keys, request, claims))
        if faults["lose_answer"]:
            while not await request.is_disconnected():
                await asyncio.sleep(0.1)
        return Response(status_code=201)

    def _as_read(
        self, its_id: str, sealed: bytes, keys: BrowserKeys, request: Request, claims: dict[str, Any]
    ) -> dict[str, Any]:
        """A real push service cannot look inside; this one is the browser as well."""
        try:
            words, problem = json.loads(opened(sealed, keys)), ""
        except (NotOpened, ValueError) as broken:
            words, problem = None, str(broken)
        return {
            "id": its_id,
            "words": words,
            "problem": problem,
            "topic": request.headers.get("topic", ""),
            "urgency": request.headers.get("urgency", ""),
            "ttl": int(request.headers["ttl"]),
            "subject": claims["sub"],
        }

    async def received(self, request: Request) -> Response:
        return JSONResponse(self.read)

    async def set_faults(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.faults = dict(FAULTS)
        elif request.method == "POST":
            wished = json.loads(await request.body())
            if not set(wished) <= set(FAULTS):
                return JSONResponse({"error": "no such fault"}, 422)
            self.faults = FAULTS | wished
        return JSONResponse(self.faults)
