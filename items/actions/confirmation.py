"""Confirmations (核对): a supervisor looks whether what the office says was done is done."""

from datetime import datetime

from django.utils.translation import gettext as _

from items.actions.step import acting_on_suggestion
from items.actions.validation import need
from items.errors import Refused
from items.models import Person, Suggestion, SuggestionEntry
from items.rules.confirming import checking_post
from items.suggestion_states import Found, SuggestionStatus


def check_settled(
    suggestion: Suggestion, *, by: Person, found: str, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Say whether it is done, and what was found: it has ended, or waits for the office again."""
    text = need(text, _("Write what you found; the suggester reads it."))
    if found not in Found.values:
        raise Refused(_("Say whether it is done."))
    with acting_on_suggestion("check_settled", suggestion, by=by, now=now) as act:
        post = checking_post(suggestion, by, act.today)
        assert post is not None  # the rules have found one that they hold
        facts = {"outcome": found, "post": post.name, "post_en": post.name_en}
        done = found == Found.DONE
        target = SuggestionStatus.SETTLED if done else SuggestionStatus.RECEIVED
        return act.write(text, facts=facts, to_suggester=True, target=target)
