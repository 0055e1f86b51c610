"""Looking back, as staff see it: what speaks for a look, and who is to look by when."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language

from items import models
from items.states import Kept
from items.words import Words


@dataclass(frozen=True, slots=True)
class LookBackProposal:
    """A resolved item of a list, and what speaks for looking at it again."""

    number: int
    title: Words
    why: tuple[str, ...]  # empty: nothing does

    @property
    def label(self) -> str:
        title, _language = self.title.in_language(get_language())
        return " · ".join([f"{self.number} {title}", *self.why])


@dataclass(frozen=True, slots=True)
class LookBack:
    """A look back that somebody was asked for; what was found, once they looked."""

    post: Words | None  # None: by lot, where nobody could be drawn
    by_lot: bool
    by_when: date
    late_days: int  # > 0: that day has passed, and nobody looked
    looked_on: date | None
    found: str | Promise  # in a word; "" before
    text: str


def look_back(row: models.LookBack, today: date) -> LookBack:
    """Return a look; its post and its entry with the words were read with it."""
    entry = row.entry
    late = 0 if entry else (today - row.by_when).days
    return LookBack(
        post=row.post.words if row.post else None,
        by_lot=row.draw_id is not None,
        by_when=row.by_when,
        late_days=max(0, late),
        looked_on=entry.happened_on if entry else None,
        found=Kept(entry.facts["kept"]).label if entry else "",
        text=entry.words.text if entry else "",
    )
