"""A verb of the API, written down once and spoken by both clients.

    class Orders(Group[Way]):
        @verb
        def get(self, order_id: str) -> Call[Order]:
            return describe("GET", "/orders/{order_id}", Order, into={"order_id": order_id})

    shop.orders.get(…)            an Order              (Walletdesk)
    await shop.orders.get(…)      an Order              (AsyncWalletdesk)

The method describes; what surrounds it sends. Type checkers see ``(order_id: str) -> Order`` with the one client and
``-> Awaitable[Order]`` with the other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import update_wrapper, wraps
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, overload

from walletdesk.client.calls import Call, Page
from walletdesk.client.lists import AsyncItems, Items

P = ParamSpec("P")
T = TypeVar("T")


class AtOnce:
    """The way of :class:`Walletdesk`: a call returns when it is done."""


class Awaited:
    """The way of :class:`AsyncWalletdesk`: a call is awaited."""


Way = TypeVar("Way")
Describing = Callable[Concatenate[Any, P], Call[T]]
Listing = Callable[Concatenate[Any, P], Call[Page[T]]]


class Sender(Protocol):
    """What a group needs of a wire: send a call, and walk through a list; both waiting, or both to be awaited."""

    def do(self, call: Call[Any]) -> Any: ...

    def items(self, call: Call[Page[Any]]) -> Any: ...


class Group(Generic[Way]):
    """Verbs of one subject."""

    def __init__(self, wire: Sender) -> None:
        self._wire = wire


class Verb(Generic[P, T]):
    """What :func:`verb` makes of a describing method; ``describe`` is that method."""

    def __init__(self, describe: Describing[P, T]) -> None:
        self.describe = describe
        update_wrapper(self, describe)  # type: ignore[arg-type]

    @overload
    def __get__(self, group: None, owner: type) -> Self: ...
    @overload
    def __get__(self, group: Group[AtOnce], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, group: Group[Awaited], owner: type) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, group: Group[Any] | None, owner: type) -> Any:
        if group is None:
            return self

        @wraps(self.describe)
        def say(*given: P.args, **named: P.kwargs) -> Any:
            return group._wire.do(self.describe(group, *given, **named))

        return say


class ListVerb(Generic[P, T]):
    """The same for a list that comes in pages: what is returned walks through all of them."""

    def __init__(self, describe: Listing[P, T]) -> None:
        self.describe = describe
        update_wrapper(self, describe)  # type: ignore[arg-type]

    @overload
    def __get__(self, group: None, owner: type) -> Self: ...
    @overload
    def __get__(self, group: Group[AtOnce], owner: type) -> Callable[P, Items[T]]: ...
    @overload
    def __get__(self, group: Group[Awaited], owner: type) -> Callable[P, AsyncItems[T]]: ...
    def __get__(self, group: Group[Any] | None, owner: type) -> Any:
        if group is None:
            return self

        @wraps(self.describe)
        def say(*given: P.args, **named: P.kwargs) -> Any:
            return group._wire.items(self.describe(group, *given, **named))

        return say


def verb(describe: Describing[P, T]) -> Verb[P, T]:
    return Verb(describe)


def listing(describe: Listing[P, T]) -> ListVerb[P, T]:
    return ListVerb(describe)
