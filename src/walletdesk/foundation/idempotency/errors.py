"""How this room says no. Law: one key gives one effect and one answer (I5).

Refusal
├── KeyNotUsable            400
│   ├── KeyMissing          none was given
│   └── KeyMalformed        not 1 to 255 visible ASCII characters
├── Invalid
│   └── KeyBodyDiffers      422: the key was used for another request
└── Conflict
    └── KeyInFlight         409: the first request with this key is not finished; ask again in a second
"""

from walletdesk.foundation.errors import Conflict, Invalid, Refusal
from walletdesk.foundation.i18n.words import Words


class KeyNotUsable(Refusal):
    code = "idempotency_key_not_usable"
    status = 400
    next = Words(
        "用 1 到 255 个可见的 ASCII 字符，每件事一个新的键",
        "Use 1 to 255 visible ASCII characters, a new key for each thing you do",
    )


class KeyMissing(KeyNotUsable):
    code = "idempotency_key_missing"
    what = Words("请求里没有 Idempotency-Key", "The request has no Idempotency-Key")
    next = Words("请为每一笔新的操作生成一个新的键", "Make a new key for each new operation")


class KeyMalformed(KeyNotUsable):
    code = "idempotency_key_malformed"
    what = Words(
        "Idempotency-Key 要有 1 到 255 个可见的 ASCII 字符", "An Idempotency-Key has 1 to 255 visible ASCII characters"
    )
    next = Words("请换一个键", "Use another key")


class KeyBodyDiffers(Invalid):
    code = "idempotency_body_differs"
    what = Words("这个键已用于另一笔内容不同的操作", "This key was used for an operation with other content")
    next = Words("请为新的操作使用新的键", "Use a new key for a new operation")


class KeyInFlight(Conflict):
    code = "idempotency_key_in_flight"
    what = Words("同一笔操作正在处理", "The same operation is being done right now")
    money = Words("同一笔操作只会生效一次", "It takes effect once only")
    next = Words("请稍等一秒再看结果", "Ask again in a second")

    def __init__(self, *, retry_after: int = 1) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after
