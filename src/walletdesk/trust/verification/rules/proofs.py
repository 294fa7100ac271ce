"""Which proofs bring a locked-out person back, and what they are worth; pure.

    kind            what it shows                                  worth
    own_device      the signed-in app said "this is genuine"       strong
    totp            six digits of the authenticator app            strong
    passkey         a passkey of the account                       strong
    recovery_code   one of the codes kept on paper                 strong
    email_code      who reads the mail of a verified address       weak
    sms_code        who reads the texts of a verified number       weak
    papers          photos of documents, seen by a second agent    weak

Two proofs of different kinds are enough, none alone is (NIST SP 800-63B-4, 4.2.2: two recovery codes by different methods,
or one and an authenticator, or one and repeated identity proofing). Where no strong one is among them, nothing goes out
of the wallet for twenty-four hours, and every address on file is told. Questions, a voice, a number and the payment PIN
are no proofs, however many.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from walletdesk.foundation.i18n.words import Words

KINDS = {
    "own_device": Words("本人设备确认", "Confirmed on their own device"),
    "totp": Words("验证器动态码", "Authenticator app"),
    "passkey": Words("通行密钥", "Passkey"),
    "recovery_code": Words("恢复码", "Recovery code"),
    "email_code": Words("邮箱验证码", "Code by e-mail"),
    "sms_code": Words("短信验证码", "Code by text message"),
    "papers": Words("证件，第二人看过", "Papers, seen by a second person"),
}
STRONG = frozenset({"own_device", "totp", "passkey", "recovery_code"})
CODE_KINDS = {"email": "email_code", "sms": "sms_code"}
"""Channel of a code → the proof that it gives."""
NEEDED = 2
HOLD = timedelta(hours=24)
MOST_WRONG = 10
"""Wrong answers of all kinds together, after which a way back ends and a new one has to be begun."""
MOST_AN_HOUR, MOST_A_DAY = 5, 15
"""Ways back that may be begun for one name by one channel. With ten wrong answers each, a day's guessing at one code of six
digits succeeds once in 6,600 days of it; and one code is half of what is needed."""
LIFETIME = timedelta(minutes=30)
WITH_A_CASE = timedelta(days=7)
"""How long one attempt stays open; one that waits for papers, as long as the desk needs."""


def wait_before_next(begun: Sequence[datetime], at: datetime) -> int:
    """Whole seconds until one more way back may be begun for this name; 0 when it may now."""
    for most, window in ((MOST_AN_HOUR, timedelta(hours=1)), (MOST_A_DAY, timedelta(days=1))):
        recent = sorted(moment for moment in begun if at - moment < window)
        if len(recent) >= most:
            return max(1, -int(-(recent[-most] + window - at).total_seconds() // 1))
    return 0


def enough(kinds: Collection[str]) -> bool:
    """Whether these proofs let a new password be set. The own device is one that the desk asked, with agent and code
    on both screens; it counts for two, as it does for money."""
    return "own_device" in kinds or len(set(kinds) & set(KINDS)) >= NEEDED


def finishes(kinds: Collection[str], *, reset_started: bool) -> bool:
    """Whether a new password may be set now. Papers are judged by one agent and the reset is started by another: where
    they are one of the two proofs, both have to have acted."""
    without_papers = [kind for kind in kinds if kind != "papers"]
    return enough(without_papers) or (enough(kinds) and reset_started)


def is_weak(kinds: Collection[str]) -> bool:
    """Whether payments have to rest afterwards."""
    return not STRONG & set(kinds)
