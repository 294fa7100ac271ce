"""How this room's own things are shown to other software (see ``shapes.py``): endpoints and deliveries. Never a secret."""

from __future__ import annotations

from walletdesk.service.webhooks.queries import AttemptView, DeliveryView, EndpointView
from walletdesk.service.webhooks.shapes import Shape, moment_shape


def endpoint_shape(endpoint: EndpointView) -> Shape:
    """``types`` empty: everything. ``disabled_because``: ``owner``, or ``gone`` (the receiver answered 410); else null."""
    return {
        "id": str(endpoint.id),
        "name": endpoint.name,
        "address": endpoint.address,
        "types": list(endpoint.types),
        "mode": endpoint.mode,
        "state": endpoint.state,
        "disabled_because": endpoint.disabled_because or None,
        "old_secret_until": moment_shape(endpoint.old_secret_until) if endpoint.old_secret_until else None,
        "created_at": moment_shape(endpoint.created_at),
        "changed_at": moment_shape(endpoint.changed_at),
    }


def delivery_shape(delivery: DeliveryView) -> Shape:
    """``next_try_at`` only while it waits; ``attempts`` oldest first."""
    return {
        "id": str(delivery.id),
        "event_id": str(delivery.event_id),
        "webhook_id": str(delivery.endpoint_id),
        "type": delivery.type,
        "state": delivery.state,
        "tries": delivery.tries,
        "next_try_at": moment_shape(delivery.due_at) if delivery.state == "waiting" else None,
        "created_at": moment_shape(delivery.created_at),
        "ended_at": moment_shape(delivery.ended_at) if delivery.ended_at else None,
        "replay_of": str(delivery.replay_of) if delivery.replay_of else None,
        "attempts": [_attempt_shape(attempt) for attempt in delivery.attempts],
    }


def _attempt_shape(attempt: AttemptView) -> Shape:
    return {
        "number": attempt.number,
        "at": moment_shape(attempt.at),
        "ended": attempt.ended,
        "status": attempt.status,
        "took_ms": attempt.took_ms,
        "answer": attempt.words,
    }
