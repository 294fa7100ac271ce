"""The front door of agreements.

    propose_agreement(AgreementRequest) -> Proposed     by a shop's key; what it refuses stands in its docstring
    accept_agreement(id, customer_id, pin_proof)        AgreementNotFound, AgreementLapsed, AgreementOver,
                                                        PinProofStale, WalletMissing
    end_agreement(id, customer_id=… | merchant_id=…)    AgreementNotFound
    agreement, agreements, agreement_parties, agreements_of_merchant, agreements_of_customer

    make_own_key(KeyWish, pin_proof), end_own_key(customer_id, key_id), own_keys_of(customer_id)

    terms_editions(), terms_in_force(), terms_coming(), terms_changes(number)      the house's own terms
    terms_to_read(customer_id), terms_accepted(customer_id)
    accept_terms(customer_id, edition)                  HouseTermsNotOpen

    take_consents(uses, moment) -> TakenConsents        under the agreements' locks, after orders, before limits and books
    note_consents(taken, posted)                        what the books posted is counted
    caller_of(consent, customer_id)                     whose idempotency keys count
    proof_holds(proved_by, proved_at, payer, now)       how long a PIN speaks for its owner
    agree_for_testers(merchant_id, testers, cap)        for a test twin alone

A payer consents by ``PinProof``, ``AgreementUse`` or ``KeyUse``. Facts: ``AgreementAccepted``, ``AgreementEnded``.
"""

from walletdesk.money.agreements.errors import (
    AgreementDayCap,
    AgreementNotFound,
    AgreementOver,
    AgreementSingleCap,
    OwnKeyMadeAlready,
    PinProofStale,
)
from walletdesk.money.agreements.events import AgreementAccepted, AgreementEnded
from walletdesk.money.agreements.queries.agreements import (
    AgreementView,
    agreement,
    agreement_parties,
    agreements,
    agreements_of_customer,
    agreements_of_merchant,
)
from walletdesk.money.agreements.queries.terms import (
    AcceptedTerms,
    terms_accepted,
    terms_changes,
    terms_coming,
    terms_editions,
    terms_in_force,
    terms_to_read,
)
from walletdesk.money.agreements.rules import Terms, proof_holds
from walletdesk.money.agreements.rules.house_terms import TermsEdition
from walletdesk.money.agreements.services.accept_agreement import accept_agreement
from walletdesk.money.agreements.services.accept_terms import accept_terms
from walletdesk.money.agreements.services.agree_for_tester import agree_for_testers
from walletdesk.money.agreements.services.end_agreement import end_agreement
from walletdesk.money.agreements.services.make_own_key import (
    MOVES_MONEY,
    KeyWish,
    OwnKeyView,
    end_own_key,
    make_own_key,
    own_keys_of,
)
from walletdesk.money.agreements.services.propose_agreement import AgreementRequest, Proposed, propose_agreement
from walletdesk.money.agreements.services.take_consents import (
    AgreementUse,
    Consent,
    ConsentUse,
    KeyUse,
    TakenConsents,
    caller_of,
    note_consents,
    take_consents,
)

__all__ = [
    "MOVES_MONEY",
    "AcceptedTerms",
    "AgreementAccepted",
    "AgreementDayCap",
    "AgreementEnded",
    "AgreementNotFound",
    "AgreementOver",
    "AgreementRequest",
    "AgreementSingleCap",
    "AgreementUse",
    "AgreementView",
    "Consent",
    "ConsentUse",
    "KeyUse",
    "KeyWish",
    "OwnKeyMadeAlready",
    "OwnKeyView",
    "PinProofStale",
    "Proposed",
    "TakenConsents",
    "Terms",
    "TermsEdition",
    "accept_agreement",
    "accept_terms",
    "agree_for_testers",
    "agreement",
    "agreement_parties",
    "agreements",
    "agreements_of_customer",
    "agreements_of_merchant",
    "caller_of",
    "end_agreement",
    "end_own_key",
    "make_own_key",
    "note_consents",
    "own_keys_of",
    "proof_holds",
    "propose_agreement",
    "take_consents",
    "terms_accepted",
    "terms_changes",
    "terms_coming",
    "terms_editions",
    "terms_in_force",
    "terms_to_read",
]
