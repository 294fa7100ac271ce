"""The engine's end of the pipe to its parent: commands in, answers and events out, never a wait."""

from __future__ import annotations

import socket
from collections import deque

import msgspec

from walletdesk.adapters.telephony.media.words import LENGTH, LONGEST_MESSAGE, Command, framed

CHUNK = 1 << 16


class Pipe:
    """``ended`` once the parent has closed its side, or said what no parent says."""

    def __init__(self, wire: socket.socket) -> None:
        wire.setblocking(False)
        self._wire = wire
        self._decoder = msgspec.msgpack.Decoder(Command)
        self._in, self._out = bytearray(), bytearray()
        self.commands: deque[Command] = deque()
        self.ended = False

    def fileno(self) -> int:
        return self._wire.fileno()

    def read(self) -> None:
        """Take what is there; whole commands stand in ``commands``."""
        try:
            chunk = self._wire.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        self.ended = not chunk
        self._in += chunk
        self._cut()

    def _cut(self) -> None:
        at = 0
        while len(self._in) - at >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._in, at)
            end = at + LENGTH.size + length
            if length > LONGEST_MESSAGE:
                self.ended = True
                return
            if len(self._in) < end:
                break
            self.commands.append(self._decoder.decode(memoryview(self._in)[at + LENGTH.size : end]))
            at = end
        del self._in[:at]

    def send(self, message: msgspec.Struct) -> None:
        self._out += framed(message)
        self.flush()

    def flush(self) -> None:
        """Send what waits, as far as the parent reads."""
        if not self._out:
            return
        try:
            sent = self._wire.send(self._out)
        except BlockingIOError:
            return
        except OSError:
            self.ended = True
            self._out.clear()
            return
        del self._out[:sent]

    def send_last(self) -> None:
        """Everything that waits, before the process ends; a parent that does not read for two seconds goes without."""
        self._wire.settimeout(2.0)
        try:
            self._wire.sendall(self._out)
        except OSError:
            pass
        finally:
            self._wire.close()
