"""Ready-made answers: a committee's office keeps what it answers again and again."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Committee, Person, ReadyAnswers
from items.models.versioned import changed_meanwhile
from items.rules import why_not

MOST = 30
LONGEST_NAME = 30
LONGEST = 2000  # letters of an answer, as of what is sent

Answer = tuple[str, str]  # its name, and its text


@transaction.atomic
def set_ready_answers(
    committee: Committee, *, by: Person, answers: Sequence[Answer], seen: int = 0
) -> ReadyAnswers:
    """Keep a committee's ready-made answers, in this order, instead of those before.

    `seen` is the version that `by` read, 0 where there was none: raise `Conflict` when somebody
    else has written since. What stands there already is left as it is.
    """
    Committee._base_manager.select_for_update(no_key=True).get(pk=committee.pk)
    if refusal := why_not("set_ready_answers", by, committee):
        raise Refused(refusal)
    kept = [[name.strip(), text.strip()] for name, text in answers if name.strip() or text.strip()]
    if refusals := list(dict.fromkeys(_refusals(kept))):
        raise Refused(*refusals)
    now = ready_answers_of(committee)
    if now.answers == kept:
        return now
    if now.version != seen:
        raise changed_meanwhile(now)
    now.answers = kept
    if now.version:
        now.save()
    else:
        now.version = 1  # 0 is that of none
        now.save(force_insert=True)
    return now


def _refusals(answers: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(answers) > MOST:
        yield _("That is too many: %d are the most.") % MOST
    for name, text in answers:
        if not name:
            yield _("Name each answer, so that it is found again.")
        if not text:
            yield _("“%s” has no text yet.") % name
        if len(name) > LONGEST_NAME:
            yield _("A name has %d letters at most.") % LONGEST_NAME
        if len(text) > LONGEST:
            yield _("That is too long: %d letters are the most.") % LONGEST
    if len({name for name, _text in answers}) < len(answers):
        yield _("Two answers have the same name.")


def ready_answers_of(committee: Committee) -> ReadyAnswers:
    """Return a committee's ready-made answers; where it has none yet, a row of version 0."""
    return ReadyAnswers.objects.filter(pk=committee.pk).first() or ReadyAnswers(committee=committee)
