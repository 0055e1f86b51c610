"""What a browser sends for each verb, and how an answer is read."""

from datetime import date

from django.utils.html import strip_tags

from tests import factories
from tests.items.actions.acts import ACTS

# What a browser says of where a form was shown: only such a page gets back what was typed.
HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


def address(item, verb="", prefix=""):
    """Return the address of an item at the desk, or of a verb on it."""
    tail = f"{verb}/" if verb else ""
    return f"{prefix}/desk/lists/{item.list.slug}/{item.number}/{tail}"


def said(verb, item, **changes):
    """Return the fields of a verb's form, as a browser sends them."""
    fields = {"version": item.version, "last_seq": item.last_entry.seq}
    fields |= {name: sent(value) for name, value in ACTS[verb].said.items() if name != "decision"}
    if "decision" in ACTS[verb].said:
        fields |= decided()
    if verb in ON_A_DAY:
        fields["happened_on"] = factories.TODAY.isoformat()
    for told, name in {"deliver": "received_on", "hold_occasion": "held_on"}.items():
        if verb == told:
            fields[name] = factories.TODAY.isoformat()
    if verb == "hand_over":
        fields["to"] = factories.Post(committee=item.list.committee, is_leader=False).pk
    if verb in OF_PART:
        part = item.parts.first()
        fields["part"] = part.pk if part else ""
    if verb == "undo_measures":
        fields["measures"] = [row.pk for row in item.measures.all()]
    return fields | changes


def decided(**changes):
    """Return the fields that say who decided, as a browser sends them."""
    known = factories.decision()
    said = {"body": known.body, "decided_on": sent(known.on), "minutes": known.minutes}
    return said | changes


OF_PART = {"undo_part", "extend_part"}
ON_A_DAY = {"start", "report_progress", "enter_for_owner", "sign_off", "send_back"}
ON_A_DAY |= {"log_visit", "review", "look_back"}


def sent(value):
    if isinstance(value, list):  # measures
        return "\n".join(words.zh for words in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def act_address(item, verb):
    """Return the address of a verb: of the item, or of the entry that it answers."""
    if verb not in ABOUT:
        return address(item, verb)
    entry = item.entries.filter(verb=ABOUT[verb]).last()
    return address(item, f"entries/{entry.seq if entry else 1}/{verb}")


ABOUT = {
    "take_back": "deliver",
    "finish_task": "set_task",
    "hold_occasion": "plan_occasion",
    "call_off_occasion": "plan_occasion",
}


def text_of(response):
    """Return the words of a page."""
    return " ".join(strip_tags(response.content.decode()).split())
