"""How this room says no. Law: a key opens what it was made for, from where it was made for, until it is taken back (O11).

ApiKeyRefused 401   ApiKeyMissing, ApiKeyUnknown, ApiKeyIsRevoked, ApiKeyExpired
NotAllowed 403      AddressNotListed, ScopeMissing
NotFound 404        ApiKeyNotFound, RequestNotFound
Conflict 409        ApiKeyRevokedAlready, TooManyKeys; RequestNotWhole, RequestNotRepeatable, RequestTooOld, RequestKeyEnded
Invalid 422         OwnerUnknown, KeyNameNotUsable, ModeUnknown, ScopeUnknown, ExpiryNotUsable, AddressNotUsable
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from walletdesk.foundation.i18n.words import Words

MAKE_ANOTHER = Words("请新建一把密钥", "Make another key")


class ApiKeyRefused(Refusal):
    code = "api_key_refused"
    status = 401


class ApiKeyMissing(ApiKeyRefused):
    code = "api_key_missing"
    what = Words("请求里没有 API 密钥", "The request has no API key")
    next = Words("请加上请求头 Authorization: Bearer wdk_…", "Send the header Authorization: Bearer wdk_…")


class ApiKeyUnknown(ApiKeyRefused):
    code = "api_key_unknown"
    what = Words("没有这把 API 密钥", "There is no such API key")
    next = Words("请核对密钥，或新建一把", "Check the key, or make another")


class ApiKeyIsRevoked(ApiKeyRefused):
    code = "api_key_revoked"
    what = Words("这把 API 密钥已停用", "This API key was revoked")
    next = MAKE_ANOTHER


class ApiKeyExpired(ApiKeyRefused):
    code = "api_key_expired"
    what = Words("这把 API 密钥已到期", "This API key has expired")
    next = MAKE_ANOTHER


class AddressNotListed(NotAllowed):
    code = "api_key_address_not_listed"
    what = Words("这把密钥不能从 {address} 使用", "This key may not be used from {address}")
    next = Words("请从名单上的地址调用，或换一把密钥", "Call from a listed address, or use another key")


class ScopeMissing(NotAllowed):
    code = "api_key_scope_missing"
    what = Words("这把密钥没有权限 {scope}", "This key does not have the scope {scope}")
    next = Words("请使用有这项权限的密钥", "Use a key that has it")


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"
    what = Words("没有这把密钥", "There is no such key")
    next = Words("请返回密钥列表", "Go back to the list of keys")


class RequestNotFound(NotFound):
    code = "request_not_found"
    what = Words("没有这条请求记录", "There is no such request")
    next = Words("记录保存 30 天", "Requests are kept for 30 days")


class ApiKeyRevokedAlready(Conflict):
    code = "api_key_revoked_already"
    what = Words("这把密钥已经停用", "This key is revoked already")
    next = MAKE_ANOTHER


class TooManyKeys(Conflict):
    code = "too_many_api_keys"
    what = Words("最多可有 {most} 把有效的密钥", "There can be {most} keys in use at most")
    next = Words("请先停用不用的密钥", "Revoke one that is not used")


class RequestNotWhole(Conflict):
    """Protects: what the log hid or cut is not guessed."""

    code = "request_not_whole"
    what = Words(
        "这条记录隐去了一部分内容，不能原样重发",
        "The log hid a part of this request, so it cannot be sent again as it was",
    )
    next = Words(
        "请从您的系统用同一个 Idempotency-Key 重发", "Send it from your own system, with the same Idempotency-Key"
    )


class RequestNotRepeatable(Conflict):
    """Protects: a repetition takes effect once only, which without a key nobody can promise."""

    code = "request_not_repeatable"
    what = Words(
        "这条请求没有 Idempotency-Key，重发会再做一次",
        "This request had no Idempotency-Key; sent again, it would be done again",
    )
    next = Words("请从您的系统重新发起", "Make it anew from your own system")


class RequestTooOld(Conflict):
    """Protects: a repetition is answered from the record of its key, which is not kept for ever."""

    code = "request_too_old"
    what = Words("超过 {days} 天的请求不能重发", "A request is sent again within {days} days only")
    next = Words("请从您的系统重新发起", "Make it anew from your own system")


class RequestKeyEnded(Conflict):
    code = "request_key_ended"
    what = Words("发这条请求的密钥已停用或到期", "The key that made this request was revoked or has expired")
    next = Words("请用有效的密钥从您的系统发起", "Make it from your own system with a key in use")


class OwnerUnknown(Invalid):
    code = "api_key_owner_unknown"
    what = Words("密钥只能属于商户或客户", "A key belongs to a merchant or a customer")
    next = Words("请联系客服", "Ask us")


class KeyNameNotUsable(Invalid):
    code = "api_key_name_not_usable"
    what = Words("名称要有 1 到 60 个字", "A name has 1 to 60 characters")
    next = Words("请写明用在哪里", "Say where it will be used")


class ModeUnknown(Invalid):
    code = "api_key_mode_unknown"
    what = Words("密钥分正式和测试两种", "A key is live or test")
    next = Words("请选择一种", "Choose one")


class ScopeUnknown(Invalid):
    code = "api_key_scope_unknown"
    what = Words("请至少选一项可用的权限", "Choose at least one scope that this key can have")
    next = Words("请重新选择", "Choose again")


class ExpiryNotUsable(Invalid):
    code = "api_key_expiry_not_usable"
    what = Words("到期时间要在五年之内", "The expiry lies within the next five years")
    next = Words("请改一下到期时间", "Change the expiry")


class AddressNotUsable(Invalid):
    code = "api_key_address_not_usable"
    what = Words("网络地址看不懂，或者太宽；最多 20 个", "An address cannot be read, or lets everybody in; 20 at most")
    next = Words("例如 203.0.113.7 或 203.0.113.0/24", "For example 203.0.113.7 or 203.0.113.0/24")
