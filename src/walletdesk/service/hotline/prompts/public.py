"""The front door of prompts.

sounds(language, (Said, …)) -> (Path, …)        the files that say this, in order; KeyError, ValueError, SoundMissing
check_catalogue() -> int                        before the first call: CatalogueIncomplete with all that is wrong
read_aloud(language, Said) -> str               the same as text
catalogue(language) -> [PromptView]             for the page: every prompt with its pieces, and what callers hear now
figure_pieces(language) -> [PieceView]          numbers, hours, days, money, letters
prompt_piece(language, piece) -> PieceView      PieceUnknown
takes_of, history_of(language, piece)           PieceUnknown
prompt_sound, own_sound(language, piece) -> bytes   what callers hear now, what we brought: PieceUnknown, SoundMissing
take_in_sound(employee, language, piece, upload, origin) -> TakeView
    ActNotAllowed, PieceUnknown, SoundEmpty, SoundTooBig, SoundTypeRefused, SoundDamaged, SoundTooLong, SoundTooShort,
    SoundTooQuiet
hear_take(employee, take) -> bytes              ActNotAllowed, TakeNotFound
put_into_use(employee, take)                    ActNotAllowed, TakeNotFound, PieceUnknown, TakeNotHeard, WordsChanged
use_own_sound(employee, language, piece)        ActNotAllowed, PieceUnknown, OwnSoundAlready
"""

from walletdesk.service.hotline.prompts.catalogue_page import (
    PieceView,
    PromptView,
    catalogue,
    figure_pieces,
    own_sound,
    prompt_piece,
    prompt_sound,
)
from walletdesk.service.hotline.prompts.errors import (
    CatalogueIncomplete,
    OwnSoundAlready,
    PieceUnknown,
    SoundDamaged,
    SoundEmpty,
    SoundMissing,
    SoundTooBig,
    SoundTooLong,
    SoundTooQuiet,
    SoundTooShort,
    SoundTypeRefused,
    TakeNotFound,
    TakeNotHeard,
    WordsChanged,
)
from walletdesk.service.hotline.prompts.queries import ChoiceView, TakeView, history_of, takes_of
from walletdesk.service.hotline.prompts.rules.catalogue import GROUPS
from walletdesk.service.hotline.prompts.rules.pieces import read_aloud
from walletdesk.service.hotline.prompts.services.hear_take import hear_take
from walletdesk.service.hotline.prompts.services.put_into_use import put_into_use
from walletdesk.service.hotline.prompts.services.take_in_sound import take_in_sound
from walletdesk.service.hotline.prompts.services.use_own_sound import use_own_sound
from walletdesk.service.hotline.prompts.sounding import check_catalogue, sounds

__all__ = [
    "GROUPS",
    "CatalogueIncomplete",
    "ChoiceView",
    "OwnSoundAlready",
    "PieceUnknown",
    "PieceView",
    "PromptView",
    "SoundDamaged",
    "SoundEmpty",
    "SoundMissing",
    "SoundTooBig",
    "SoundTooLong",
    "SoundTooQuiet",
    "SoundTooShort",
    "SoundTypeRefused",
    "TakeNotFound",
    "TakeNotHeard",
    "TakeView",
    "WordsChanged",
    "catalogue",
    "check_catalogue",
    "figure_pieces",
    "hear_take",
    "history_of",
    "own_sound",
    "prompt_piece",
    "prompt_sound",
    "put_into_use",
    "read_aloud",
    "sounds",
    "take_in_sound",
    "takes_of",
    "use_own_sound",
]
