"""What each order does to the engine. An order that cannot be done is refused by name; one that is done already is done.

A play waits for its files: its answer comes when they are read, and an order given meanwhile finds it as it stands.
"""

from __future__ import annotations

import ipaddress
import re
import traceback
from collections.abc import Callable
from typing import Any

from walletdesk.adapters.telephony.media import words
from walletdesk.adapters.telephony.media.digits import is_key
from walletdesk.adapters.telephony.media.engine import Engine
from walletdesk.adapters.telephony.media.g711 import CODEC_INDEX, Samples
from walletdesk.adapters.telephony.media.legs import Leg, Playing
from walletdesk.adapters.telephony.media.mixer import Bridge
from walletdesk.adapters.telephony.media.sounds import BadSound
from walletdesk.adapters.telephony.media.sources import SourceLock
from walletdesk.adapters.telephony.media.wires import NoPort

PTIMES = (10, 20, 30, 40, 50, 60)
KEYS = re.compile(r"[0-9*#A-D]{1,64}")
LATER = object()


class Refused(Exception):
    """``code`` goes to the parent."""

    def __init__(self, code: words.Refusal, detail: str = "") -> None:
        super().__init__(code)
        self.code: words.Refusal = code
        self.detail = detail


class Orders:
    """Carries orders out and answers each, once."""

    def __init__(self, engine: Engine, ticks: Callable[[int], words.TickReport]) -> None:
        self._engine, self._ticks = engine, ticks
        self._number = 0
        self._verbs: dict[type, Callable[[Any], object]] = {
            words.OpenLeg: self._open_leg,
            words.SetRemote: self._set_remote,
            words.SetDirection: self._set_direction,
            words.CloseLeg: self._close_leg,
            words.Play: self._play,
            words.StopPlay: self._stop_play,
            words.Collect: self._collect,
            words.ReportDigit: self._report_digit,
            words.SendDigits: self._send_digits,
            words.Hold: self._hold,
            words.Mute: self._mute,
            words.Bridge: self._bridge,
            words.Unbridge: self._unbridge,
            words.SayIntoBridge: self._say_into_bridge,
            words.Listen: self._listen,
            words.Record: self._record,
            words.PauseRecording: self._pause_recording,
            words.StopRecording: self._stop_recording,
            words.AskTicks: self._ask_ticks,
            words.Pulse: lambda _: None,
        }

    def obey(self, command: words.Command) -> None:
        self._number = command.number
        try:
            result = self._verbs[type(command.order)](command.order)
        except Refused as refused:
            self._engine.tell(words.Answer(command.number, refused.code, refused.detail))
        except Exception as fault:  # one order's fault must not end everybody's call
            traceback.print_exc()
            self._engine.tell(words.Answer(command.number, "bad_order", repr(fault)))
        else:
            if result is not LATER:
                self._engine.tell(words.Answer(command.number, **(result or {})))  # type: ignore[arg-type]

    def _leg(self, name: str) -> Leg:
        leg = self._engine.legs.get(name)
        if leg is None:
            raise Refused("leg_unknown", name)
        return leg

    # ── legs ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _open_leg(self, order: words.OpenLeg) -> dict[str, Any]:
        leg = self._engine.legs.get(order.leg)
        if leg is None:
            try:
                leg = self._engine.open_leg(order.leg)
            except NoPort:
                raise Refused("busy", "no port is free") from None
            if leg is None:
                raise Refused("busy", "no slot is free")
        return {"port": leg.port}

    def _set_remote(self, order: words.SetRemote) -> None:
        leg, engine = self._leg(order.leg), self._engine
        host = _literal(order.host)
        types = (order.payload_type, order.event_payload_type or 0)
        if not 0 <= order.port <= 65535 or order.ptime not in PTIMES or not all(0 <= each <= 127 for each in types):
            raise Refused("bad_order", f"port {order.port}, ptime {order.ptime}, types {types}")
        engine.inflow.codec[leg.slot] = engine.outflow.codec[leg.slot] = CODEC_INDEX[order.codec]
        engine.inflow.payload_type[leg.slot] = engine.outflow.payload_type[leg.slot] = order.payload_type
        (engine.by_tone.add if order.event_payload_type is None else engine.by_tone.discard)(leg)
        leg.event_payload_type, leg.ptime, leg.packed = order.event_payload_type, order.ptime, b""
        signalled = (host, order.port)
        if leg.lock is None or leg.lock.signalled != signalled or leg.lock.latch != order.latch:
            leg.lock = SourceLock(signalled, order.latch, engine.moment)
            leg.source = None
        elif leg.lock.source is None:
            leg.lock.since = engine.moment
        nowhere = order.port == 0 or ipaddress.ip_address(host).is_unspecified
        leg.target = None if nowhere else leg.lock.target
        engine.senders_changed = True
        leg.watched_since = engine.moment

    def _set_direction(self, order: words.SetDirection) -> None:
        leg = self._leg(order.leg)
        leg.we_send, leg.they_send, leg.watched_since = order.we_send, order.they_send, self._engine.moment
        self._engine.senders_changed = True

    def _close_leg(self, order: words.CloseLeg) -> dict[str, Any] | None:
        leg = self._engine.legs.get(order.leg)
        return {"stats": self._engine.close_leg(leg)} if leg else None

    # ── what a leg hears and keys ─────────────────────────────────────────────────────────────────────────────────

    def _play(self, order: words.Play) -> object:
        leg, number = self._leg(order.leg), self._number
        playing = Playing(order.play, order.loop, order.barge_in)
        self._engine.begin_play(leg, playing)

        def loaded(sounds: tuple[Samples, ...] | BadSound) -> None:
            if isinstance(sounds, BadSound):
                if leg.playing is playing:
                    self._engine.end_play(leg, finished=False)
                self._engine.tell(words.Answer(number, "bad_sound", str(sounds)))
                return
            if leg.playing is playing:
                playing.sounds = sounds
                if not sounds:
                    self._engine.end_play(leg, finished=True)
            self._engine.tell(words.Answer(number))

        self._engine.loader.want(order.sounds, loaded)
        return LATER

    def _stop_play(self, order: words.StopPlay) -> None:
        leg = self._engine.legs.get(order.leg)
        if leg:
            self._engine.end_play(leg, finished=False)

    def _collect(self, order: words.Collect) -> None:
        self._engine.set_party(self._leg(order.leg), secret=order.secret)

    def _report_digit(self, order: words.ReportDigit) -> None:
        leg = self._leg(order.leg)
        if not is_key(order.digit):
            raise Refused("bad_order", "no key")
        told = leg.presses.report(order.digit, order.source, order.duration_ms, self._engine.moment)
        self._engine.hear_key(leg, told)

    def _send_digits(self, order: words.SendDigits) -> None:
        leg = self._leg(order.leg)
        if not KEYS.fullmatch(order.digits):
            raise Refused("bad_order", "no keys")
        leg.keying.add(order.digits)
        self._engine.outflow.keying.add(leg)

    def _hold(self, order: words.Hold) -> None:
        if order.leg in self._engine.legs:
            self._engine.set_party(self._leg(order.leg), held=order.on)

    def _mute(self, order: words.Mute) -> None:
        if order.leg in self._engine.legs:
            self._engine.set_party(self._leg(order.leg), muted=order.on)

    # ── bridges and recordings ────────────────────────────────────────────────────────────────────────────────────

    def _bridge(self, order: words.Bridge) -> None:
        legs = [self._leg(name) for name in dict.fromkeys(order.legs)]
        if not legs:
            raise Refused("bad_order", "a bridge of nobody")
        self._engine.mixer.set_members(order.bridge, legs)

    def _unbridge(self, order: words.Unbridge) -> None:
        self._engine.mixer.end(order.bridge)

    def _say_into_bridge(self, order: words.SayIntoBridge) -> object:
        self._known_bridge(order.bridge)
        number = self._number

        def loaded(sounds: tuple[Samples, ...] | BadSound) -> None:
            if isinstance(sounds, BadSound):
                self._engine.tell(words.Answer(number, "bad_sound", str(sounds)))
                return
            self._engine.mixer.say(order.bridge, sounds)
            self._engine.tell(words.Answer(number))

        self._engine.loader.want(order.sounds, loaded)
        return LATER

    def _listen(self, order: words.Listen) -> None:
        leg, bridge = self._leg(order.leg), self._known_bridge(order.bridge)
        if order.whisper_to is not None and order.whisper_to not in bridge.state.members:
            raise Refused("leg_unknown", order.whisper_to)
        if leg.bridge == order.bridge:
            raise Refused("bad_order", "it is in the bridge")
        self._engine.mixer.set_listener(order.bridge, leg, order.whisper_to)

    def _record(self, order: words.Record) -> None:
        self._known_bridge(order.bridge)
        for name in (order.left, order.right):
            self._leg(name)
        if order.recording not in self._engine.mixer.recordings:
            if not self._engine.mixer.may_record:
                raise Refused("busy", "too many recordings")
            self._engine.mixer.begin_recording(order.recording, order.bridge, order.path, order.left)

    def _pause_recording(self, order: words.PauseRecording) -> None:
        if order.recording not in self._engine.mixer.recordings:
            raise Refused("recording_unknown", order.recording)
        self._engine.mixer.pause_recording(order.recording, on=order.on)

    def _stop_recording(self, order: words.StopRecording) -> None:
        self._engine.mixer.stop_recording(order.recording)

    def _ask_ticks(self, order: words.AskTicks) -> dict[str, Any]:
        return {"ticks": self._ticks(len(self._engine.legs))}

    def _known_bridge(self, name: str) -> Bridge:
        bridge = self._engine.mixer.bridges.get(name)
        if bridge is None:
            raise Refused("bridge_unknown", name)
        return bridge


def _literal(host: str) -> str:
    """Only addresses: a name would have to be looked up, and a tick cannot wait for that."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        raise Refused("bad_order", "the host is no address") from None
