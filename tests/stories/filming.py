"""What a phone's camera films at a till, as a file that Chromium plays in a camera's place (y4m, plain frames)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageFilter

WIDE, HIGH = 640, 480
COUNTER, LAMP = 96, 235  # how bright the counter and the till's screen are
BEFORE, ON_IT = 6, 18  # frames on the way to the code, and on it


def filmed(picture: Path, film: Path) -> Path:
    """The counter first, then the till's code as a hand holds it: small, a little turned, a little out of focus."""
    code = Image.open(picture).convert("L").resize((250, 250), Image.Resampling.LANCZOS)
    frames = [_counter()] * BEFORE + [_held(code, step) for step in range(ON_IT)]
    with film.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDE} H{HIGH} F15:1 Ip A1:1 C420\n".encode())
        for frame in frames:
            out.write(b"FRAME\n" + frame.tobytes() + bytes([128]) * (WIDE * HIGH // 2))
    return film


def _counter() -> Image.Image:
    return Image.new("L", (WIDE, HIGH), COUNTER)


def _held(code: Image.Image, step: int) -> Image.Image:
    """One frame: the hand wanders by a few pixels and turns by a few degrees."""
    screen = Image.new("L", (310, 310), LAMP)
    screen.paste(code, (30, 30))
    frame = _counter()
    turned = screen.rotate(4 + step / 3, Image.Resampling.BICUBIC, expand=True, fillcolor=COUNTER)
    frame.paste(turned, (140 + step, 60 + step // 2))
    return frame.filter(ImageFilter.GaussianBlur(0.8))
