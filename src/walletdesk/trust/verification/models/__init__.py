"""Tables of verification: questions on a phone and levels; codes; the way back and its proofs; papers; locks."""

from walletdesk.trust.verification.models.codes import OneTimeCode
from walletdesk.trust.verification.models.locks import AccountLock
from walletdesk.trust.verification.models.papers import IdentityPapers, PaperPhoto, PhotosLetGo
from walletdesk.trust.verification.models.prompts import VerificationPrompt, VerificationRecord
from walletdesk.trust.verification.models.recoveries import Recovery, RecoveryProof, ResetOrder, SupportQuestions

__all__ = [
    "AccountLock",
    "IdentityPapers",
    "OneTimeCode",
    "PaperPhoto",
    "PhotosLetGo",
    "Recovery",
    "RecoveryProof",
    "ResetOrder",
    "SupportQuestions",
    "VerificationPrompt",
    "VerificationRecord",
]
