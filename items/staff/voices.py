"""The three voices of an item in short: what the owner says, the supervisor found, workers say."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from items import models, public


@dataclass(frozen=True, slots=True)
class Voice:
    """What one side said last."""

    label: str | Promise
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Voices:
    """What each side said last of an item; None where nobody has."""

    owner: Voice | None
    supervisor: Voice | None
    workers: public.VerdictRound | None
    hardship: bool  # workers aren't asked
    judged: public.Judgement | None = None  # at the latest assessment


def voice(entry: models.Entry | None) -> Voice | None:
    if entry is None:
        return None
    return Voice(entry.get_verb_display(), entry.happened_on, entry.words.text)
