"""The front door of identity.

    sign_up_user(email, password, language="zh-hans", time_zone="Asia/Shanghai", phone=None) -> user
        AddressTaken                            addresses count as verified: the caller has seen to it
    user(user_id)  users_by_address(text)       UserView
    verified_addresses(user_id)                 where a code reaches them; addresses_to_tell: replaced ones too; addresses_of_many
    change_address(user_id, address)            AddressNotUsable, AddressTaken
    set_password(user_id, raw, but_session)     PasswordNotUsable; other sessions die
    strength_of(password, about)                the meter
    choose_password_reminder(user_id, months)   PeriodUnknown; password_reminder(user_id) -> months, 0 is never

    enrol_device(user_id, user_agent, proof, token) -> EnrolledDevice
    known_device(user_id, token)  devices_of(user_id)  device(user_id, device_id)  has_devices(user_id)
    new_devices_of(user_ids)                    in their first hours
    end_device(user_id, device_id)              DeviceNotFound; its sessions die
    end_all_sessions(user_id, but_session)      how many died
    session_lives(session_key)  sessions_of(user_id)  not_seen_since(moment, after, limit)

    factors_of  factor_kinds  strong_factors_of
    add_totp, enrol_totp, prove_totp            FactorLocked, FactorWrong; never inside a transaction; reseal_seeds
    new_recovery_codes, use_recovery_code       FactorLocked; never inside a transaction
    counted(user_id, is_right)                  the counter of wrong tries behind them, for a secret of the door
    begin_passkey, add_passkey, ask_for_passkey, prove_passkey      FactorWrong
    remove_factor                               FactorNotFound, LastFactor;  remove_factors by the way back only

    ask_devices(user_id, session_key, purpose, …)                   NoOtherDevice, AskedTooOften
    answer_approval(user_id, device_id, approval_id, typed)         ApprovalClosed
    use_approval, open_approvals, approval, approval_of_session, can_be_asked

Signing in itself is django-allauth's; what a signed-in user is to us, the rooms above say. The refusals stand in
``errors.py``, the facts in ``events.py``.
"""

from walletdesk.foundation.identity.approval_views import ApprovalView, approval, approval_of_session, open_approvals
from walletdesk.foundation.identity.errors import (
    AddressNotUsable,
    AddressTaken,
    ApprovalClosed,
    AskedTooOften,
    DeviceNotFound,
    FactorLocked,
    FactorNotFound,
    FactorWrong,
    LastFactor,
    NoOtherDevice,
    PasswordNotUsable,
    PeriodUnknown,
)
from walletdesk.foundation.identity.events import (
    AddressChanged,
    DeviceAdded,
    DeviceEnded,
    FactorAdded,
    FactorRemoved,
    PasswordChanged,
    PasswordDue,
    SignInAnswered,
    SignInAsked,
    SignInDenied,
    SignInLocked,
)
from walletdesk.foundation.identity.password_words import words_for
from walletdesk.foundation.identity.queries import (
    DeviceView,
    FactorView,
    UserView,
    VerifiedAddress,
    addresses_of_many,
    addresses_to_tell,
    device,
    devices_of,
    factor_kinds,
    factors_of,
    has_devices,
    new_devices_of,
    not_seen_since,
    password_reminder,
    session_lives,
    sessions_of,
    strong_factors_of,
    user,
    users_by_address,
    verified_addresses,
)
from walletdesk.foundation.identity.rules.addresses import mask_address, read_address
from walletdesk.foundation.identity.rules.device_names import device_name
from walletdesk.foundation.identity.rules.new_devices import STRONG
from walletdesk.foundation.identity.rules.one_time_codes import totp_now
from walletdesk.foundation.identity.rules.password_age import PERIODS as REMINDER_MONTHS
from walletdesk.foundation.identity.rules.password_age import months_old
from walletdesk.foundation.identity.rules.password_strength import Strength, strength_of
from walletdesk.foundation.identity.rules.phone import read_phone, show_phone
from walletdesk.foundation.identity.services.ask_devices import (
    answer_approval,
    ask_devices,
    asker_mark,
    can_be_asked,
    use_approval,
)
from walletdesk.foundation.identity.services.change_address import change_address
from walletdesk.foundation.identity.services.count_tries import counted
from walletdesk.foundation.identity.services.end_sessions import end_all_sessions, end_device, forget_devices
from walletdesk.foundation.identity.services.enrol_device import EnrolledDevice, enrol_device, known_device
from walletdesk.foundation.identity.services.keep_passkeys import (
    add_passkey,
    ask_for_passkey,
    begin_passkey,
    prove_passkey,
)
from walletdesk.foundation.identity.services.keep_recovery_codes import new_recovery_codes, use_recovery_code
from walletdesk.foundation.identity.services.keep_totp import (
    add_totp,
    enrol_totp,
    new_totp_secret,
    prove_totp,
    reseal_seeds,
)
from walletdesk.foundation.identity.services.lock_sign_in import tell_of_lock, under_attack_until
from walletdesk.foundation.identity.services.remind_of_password import choose_password_reminder
from walletdesk.foundation.identity.services.remove_factor import remove_factor, remove_factors
from walletdesk.foundation.identity.services.set_password import set_password
from walletdesk.foundation.identity.services.sign_up_user import sign_up_user
from walletdesk.foundation.identity.services.touch_device import touch_device

__all__ = [
    "REMINDER_MONTHS",
    "STRONG",
    "AddressChanged",
    "AddressNotUsable",
    "AddressTaken",
    "ApprovalClosed",
    "ApprovalView",
    "AskedTooOften",
    "DeviceAdded",
    "DeviceEnded",
    "DeviceNotFound",
    "DeviceView",
    "EnrolledDevice",
    "FactorAdded",
    "FactorLocked",
    "FactorNotFound",
    "FactorRemoved",
    "FactorView",
    "FactorWrong",
    "LastFactor",
    "NoOtherDevice",
    "PasswordChanged",
    "PasswordDue",
    "PasswordNotUsable",
    "PeriodUnknown",
    "SignInAnswered",
    "SignInAsked",
    "SignInDenied",
    "SignInLocked",
    "Strength",
    "UserView",
    "VerifiedAddress",
    "add_passkey",
    "add_totp",
    "addresses_of_many",
    "addresses_to_tell",
    "answer_approval",
    "approval",
    "approval_of_session",
    "ask_devices",
    "ask_for_passkey",
    "asker_mark",
    "begin_passkey",
    "can_be_asked",
    "change_address",
    "choose_password_reminder",
    "counted",
    "device",
    "device_name",
    "devices_of",
    "end_all_sessions",
    "end_device",
    "enrol_device",
    "enrol_totp",
    "factor_kinds",
    "factors_of",
    "forget_devices",
    "has_devices",
    "known_device",
    "mask_address",
    "months_old",
    "new_devices_of",
    "new_recovery_codes",
    "new_totp_secret",
    "not_seen_since",
    "open_approvals",
    "password_reminder",
    "prove_passkey",
    "prove_totp",
    "read_address",
    "read_phone",
    "remove_factor",
    "remove_factors",
    "reseal_seeds",
    "session_lives",
    "sessions_of",
    "set_password",
    "show_phone",
    "sign_up_user",
    "strength_of",
    "strong_factors_of",
    "tell_of_lock",
    "totp_now",
    "touch_device",
    "under_attack_until",
    "use_approval",
    "use_recovery_code",
    "user",
    "users_by_address",
    "verified_addresses",
    "words_for",
]
