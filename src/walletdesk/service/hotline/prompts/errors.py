"""How this room says no. Laws: no caller ever hears silence for a sentence, nor a recording that nobody listened to.

Refusal
├── Invalid
│   ├── SoundEmpty          422
│   ├── SoundTooBig         413
│   ├── SoundTypeRefused    415: no WAV, or one with a packed sound inside
│   ├── SoundDamaged        422
│   ├── SoundTooLong        422
│   ├── SoundTooShort       422
│   └── SoundTooQuiet       422: nobody speaks
├── NotFound
│   ├── PieceUnknown        404
│   └── TakeNotFound        404
└── Conflict
    ├── TakeNotHeard        409: listen before callers do
    ├── WordsChanged        409: it says what the prompt no longer says
    └── OwnSoundAlready     409: there is nothing to take back

RuntimeError
├── SoundMissing            a sentence that cannot be said; the start-up check finds it first
└── CatalogueIncomplete     what :func:`check_catalogue` found, all of it
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotFound
from walletdesk.foundation.i18n.words import Words

_NOTHING_CHANGED = Words("来电者听到的没有改变", "What callers hear has not changed")


class SoundEmpty(Invalid):
    code = "prompt_sound_empty"
    what = Words("没有录到声音", "There is no sound in this")
    money = _NOTHING_CHANGED
    next = Words("请再录一次", "Record it once more")


class SoundTooBig(Invalid):
    code = "prompt_sound_too_big"
    status = 413
    what = Words("录音文件超过 {megabytes} MB", "The recording is larger than {megabytes} MB")
    money = _NOTHING_CHANGED
    next = Words("请只传这一句", "Send this one sentence only")


class SoundTypeRefused(Invalid):
    code = "prompt_sound_type"
    status = 415
    what = Words("只收没有压缩的 WAV 录音", "Only plain WAV recordings are taken")
    money = _NOTHING_CHANGED
    next = Words("请另存为 WAV（PCM），或者直接在这里录", "Save it as WAV (PCM), or record it here")


class SoundDamaged(Invalid):
    code = "prompt_sound_damaged"
    what = Words("这个 WAV 文件读不完整", "This WAV file cannot be read to its end")
    money = _NOTHING_CHANGED
    next = Words("请重新导出，或者直接在这里录", "Export it again, or record it here")


class SoundTooLong(Invalid):
    code = "prompt_sound_too_long"
    what = Words("录音超过 {seconds} 秒", "The recording is longer than {seconds} seconds")
    money = _NOTHING_CHANGED
    next = Words("请只录这一句", "Record this one sentence only")


class SoundTooShort(Invalid):
    code = "prompt_sound_too_short"
    what = Words("录音太短，听不出一个字", "The recording is too short for a word")
    money = _NOTHING_CHANGED
    next = Words("请再录一次，说完再停", "Record it again, and stop after the last word")


class SoundTooQuiet(Invalid):
    code = "prompt_sound_too_quiet"
    what = Words("录音里几乎没有声音", "There is hardly any sound in the recording")
    money = _NOTHING_CHANGED
    next = Words("请检查麦克风，靠近一点再录", "Check the microphone, come closer and record again")


class PieceUnknown(NotFound):
    code = "prompt_unknown"
    what = Words("没有这句提示音", "There is no such prompt")
    money = _NOTHING_CHANGED
    next = Words("请返回提示音列表", "Go back to the list of prompts")


class TakeNotFound(NotFound):
    code = "prompt_take_not_found"
    what = Words("没有这段录音", "There is no such recording")
    money = _NOTHING_CHANGED
    next = Words("请返回提示音列表", "Go back to the list of prompts")


class TakeNotHeard(Conflict):
    code = "prompt_take_not_heard"
    what = Words("这段录音还没有人听过", "Nobody has listened to this recording yet")
    money = _NOTHING_CHANGED
    next = Words("请先听一遍，再启用", "Listen to it first, then put it into use")


class WordsChanged(Conflict):
    code = "prompt_words_changed"
    what = Words("这句话后来改了字，录音说的是旧话", "The words have changed since; the recording says the old ones")
    money = _NOTHING_CHANGED
    next = Words("请照新的文字再录一次", "Record it again with the new words")


class OwnSoundAlready(Conflict):
    code = "prompt_own_sound_already"
    what = Words("现在用的就是原装声音", "The product’s own sound is in use already")
    money = _NOTHING_CHANGED
    next = Words("不用再做什么", "There is nothing to do")


class SoundMissing(RuntimeError):
    """There is no sound for this piece: neither recorded, nor shipped, nor can this machine speak it."""

    def __init__(self, language: str, piece: str) -> None:
        super().__init__(f"no sound for {language} {piece}: run bin/make-prompts, install espeak-ng, or record it")
        self.language, self.piece = language, piece


class CatalogueIncomplete(RuntimeError):
    """The hotline must not take calls: each of ``faults`` is a sentence about one prompt."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the prompts are not complete:\n  " + "\n  ".join(faults))
        self.faults = faults
