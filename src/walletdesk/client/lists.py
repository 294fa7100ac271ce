"""Lists that come in pages, walked through as if they were whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any, Generic, TypeVar

from walletdesk.client.calls import Call, Page

T = TypeVar("T")


def _after(call: Call[Page[T]], cursor: str) -> Call[Page[T]]:
    """The same list from ``cursor`` on. A cursor brings its filters' place along, and the filters are said again."""
    rest = tuple(pair for pair in call.query if pair[0] != "cursor")
    return replace(call, query=(*rest, ("cursor", cursor)))


class Items(Generic[T]):
    """A list, walked through from its first item to its last; a page is fetched when the one before is used up.

    ``page()`` fetches one page alone, to keep its ``next_cursor`` and go on another day.
    """

    def __init__(self, call: Call[Page[T]], do: Callable[[Call[Any]], Any]) -> None:
        self._call, self._do = call, do

    def page(self, cursor: str | None = None) -> Page[T]:
        page: Page[T] = self._do(_after(self._call, cursor) if cursor else self._call)
        return page

    def __iter__(self) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self.page(cursor)
            yield from page.data
            if page.next_cursor is None or page.next_cursor == cursor:
                return
            cursor = page.next_cursor


class AsyncItems(Generic[T]):
    """The same, for ``async for``."""

    def __init__(self, call: Call[Page[T]], do: Callable[[Call[Any]], Awaitable[Any]]) -> None:
        self._call, self._do = call, do

    async def page(self, cursor: str | None = None) -> Page[T]:
        page: Page[T] = await self._do(_after(self._call, cursor) if cursor else self._call)
        return page

    async def __aiter__(self) -> AsyncIterator[T]:
        cursor: str | None = None
        while True:
            page = await self.page(cursor)
            for item in page.data:
                yield item
            if page.next_cursor is None or page.next_cursor == cursor:
                return
            cursor = page.next_cursor
