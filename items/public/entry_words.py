"""The words of the ledger's entries as a visitor reads them: their texts, days, decisions."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from items.models import Entry
from items.public.sentences import ANNOUNCED
from items.states import Status, Verb
from items.words import Words, day


def text_of(entry: Entry, show_names: bool) -> str:
    """Return an entry's words, after whence it comes or where it goes on, as ours to say."""
    if entry.words.erased_on:
        return entry.words.text
    whence = before_this_system(entry, show_names) if entry.verb == Verb.BRING_IN else year(entry)
    return "\n".join(filter(None, [whence, failed(entry), entry.words.text]))


def failed(entry: Entry) -> str:
    """Return the sentence that an assessment let an item be done again; "" of other entries."""
    if entry.verb not in (Verb.REOPEN, Verb.SEND_BACK) or "assessment" not in entry.facts:
        return ""
    said = {"body": entry.words.new, "day": day_of(entry.facts["held_on"])}
    return _("“not satisfied” at the assessment by %(body)s on %(day)s") % said


def year(entry: Entry) -> str:
    """Return the sentence that names the item of another year's list; "" of other entries."""
    known, words = entry.facts, entry.words
    if entry.verb == Verb.CARRY_OVER and "to_number" in known:
        goes_on = {"number": known["to_number"], "list": in_words(words.new, words.new_en)}
        return _("It goes on as no. %(number)s of “%(list)s”.") % goes_on
    if entry.verb in (Verb.CARRY_IN, Verb.BRING_BACK) and "from_number" in known:
        came_from = {"number": known["from_number"], "list": in_words(words.old, words.old_en)}
        return _("It goes on with no. %(number)s of “%(list)s”.") % came_from
    return ""


def before_this_system(entry: Entry, show_names: bool) -> str:
    """Return the sentence that says whence an item's first state comes."""
    # A person, or the post then
    signer = entry.words.new if show_names else in_words(entry.words.old, entry.words.old_en)
    source = {"file": entry.words.evidence, "row": entry.facts.get("row", "")}
    if "withdrawn_on" in entry.facts:
        return _("Withdrawn before this system, on %(day)s, per %(file)s, row %(row)s.") % {
            **source,
            "day": day_of(entry.facts["withdrawn_on"]),
        }
    if "review_on" in entry.facts:
        return _("On hold, to be reviewed on %(day)s, per %(file)s, row %(row)s.") % {
            **source,
            "day": day_of(entry.facts["review_on"]),
        }
    if entry.status_to != Status.RESOLVED:
        return _("Brought in as it stood, per %(file)s, row %(row)s.") % source
    return _("Resolved before this system, by %(who)s on %(day)s, per %(file)s, row %(row)s.") % {
        **source,
        "who": signer or _("somebody the sheet doesn’t name"),
        "day": day_of(entry.facts["signed_off_on"]),
    }


def day_of(iso: str) -> str:
    """Return an ISO day as the reader's language writes it."""
    return day(date.fromisoformat(iso))


def label_of(entry: Entry) -> str:
    """Return what an entry says was done; of what was entered for a post, for which."""
    words = entry.words
    if "link" in entry.facts:
        return _("Reported by the handler, to be published")
    if "by_handler" in entry.facts:
        return _("Reported by the handler, published by the office")
    if entered_for_another(entry) and words.post:
        return _("Entered for %(post)s") % {"post": in_words(words.post, words.post_en)}
    if entry.verb == Verb.PUT_UP:
        return put_up(entry)
    return str(Verb(entry.verb).label)


def put_up(entry: Entry) -> str:
    """Return what an entry put up for objections, and until when."""
    return str(ANNOUNCED[entry.facts["verb"]]) % {"day": day_of(entry.facts["until"])}


def entered_for_another(entry: Entry) -> bool:
    """Tell whether the office wrote down what the owner's post did, which the entry names."""
    return entry.verb in (Verb.ENTER_FOR_OWNER, Verb.RELEASE)


def names_another(entry: Entry) -> bool:
    """Tell whether an entry names a post or body that isn't that of whoever wrote it."""
    return entered_for_another(entry) or "decided_on" in entry.facts


def decision_of(entry: Entry) -> str:
    """Return who decided what an entry says, when, and in which minutes; "" for other entries."""
    known, words = entry.facts, entry.words
    if "decided_on" not in known:
        return ""
    values = {"day": day_of(known["decided_on"]), "body": words.post, "minutes": words.evidence}
    if words.erased_on:
        return _("Decided on %(day)s") % values
    if known.get("agreed") is None:
        return _("Decided by %(body)s on %(day)s (%(minutes)s)") % values
    if known["agreed"]:
        return _("%(body)s agreed to more time on %(day)s (%(minutes)s)") % values
    return _("%(body)s did not agree to more time on %(day)s (%(minutes)s)") % values


def in_words(zh: str, en: str) -> str:
    """Return what was called so at the time, in the reader's language where that was written."""
    return Words(zh, en).in_language(get_language())[0]
