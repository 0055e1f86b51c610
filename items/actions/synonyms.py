"""A committee's synonyms: its office writes them, one group a line."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Committee, Person, Synonyms
from items.models.versioned import changed_meanwhile
from items.privacy import personal_data
from items.rules import why_not
from items.search import groups_of

LONGEST = 10_000  # letters of all lines


@transaction.atomic
def set_synonyms(
    committee: Committee,
    *,
    by: Person,
    lines: str,
    seen: int = 0,
    dismissed: Collection[str] = (),
    yes: bool = False,
) -> Synonyms:
    """Let a committee's search take the words of each line for one another.

    `seen` is the version that `by` read, 0 where there was none: raise `Conflict` when somebody
    else has written since. What is written already is left as it is. Words that people looked for
    in vain are no longer counted when a line has them, or when they are `dismissed`.
    """
    Committee._base_manager.select_for_update(no_key=True).get(pk=committee.pk)
    if refusal := why_not("set_synonyms", by, committee):
        raise Refused(refusal)
    if len(lines) > LONGEST:
        raise Refused(_("That is too long: %d letters are the most.") % LONGEST)
    groups = groups_of(lines)
    personal_data.ask(lines, yes=yes)
    lines = "\n".join(line.strip() for line in lines.strip().splitlines())
    synonyms = synonyms_of(committee)
    if synonyms.lines != lines and synonyms.version != seen:
        raise changed_meanwhile(synonyms)
    settled = [*dismissed, *(word for group in groups for word in group)]
    committee.sought_words.filter(words__in=settled).delete()
    if synonyms.lines == lines:
        return synonyms
    synonyms.lines = lines
    if synonyms.version:
        synonyms.save()
    else:
        synonyms.version = 1  # 0 is that of none
        synonyms.save(force_insert=True)
    return synonyms


def synonyms_of(committee: Committee) -> Synonyms:
    """Return a committee's synonyms; where it has none yet, a row of version 0 without any."""
    return Synonyms.objects.filter(pk=committee.pk).first() or Synonyms(committee=committee)
