"""The supervisor's acts: sign off, send back, visit; and opening again what was signed off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from items.actions.announcing import put_up_first
from items.actions.answers import answers_to
from items.actions.attached_photos import add_photos, attached_photos
from items.actions.deadline import ended_request
from items.actions.measure import write_undone_measures
from items.actions.part import write_undone
from items.actions.planned_look import plan_look_back, refuse_unless_ahead
from items.actions.progress import refuse_unless_complete, refuse_unless_done_by
from items.actions.validation import need
from items.actions.verdict import end_round, set_end_of_round
from items.errors import Refused
from items.ledger import Act, acting
from items.models import Entry, Item, Measure, Part, Person, Photo
from items.models.verdict import EndedWhy
from items.photos.picture import Upload
from items.rules.announcing import announced
from items.states import How, Status


def sign_off_item(
    item: Item,
    *,
    by: Person,
    found: str,
    how: str,
    done_on: date,
    answers: Sequence[str] = (),
    recheck_on: date | None = None,
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Confirm that the matter is resolved, what was found, how, and when the work was done.

    `answers` say how it was seen that each line of what done looks like is so. On `recheck_on`
    somebody is to look back at it; without a day none is planned.
    """
    found = need(found, _("Write what you found."))
    how = known_way(how)
    who: dict[str, Any] = {"by": by, "now": now}
    with (
        attached_photos("sign_off", item, photos, **who) as pictures,
        acting("sign_off", item, **who, happened_on=happened_on, yes=yes) as act,
    ):
        not_before_claim(item, act.happened_on)
        refuse_unless_complete(item)
        assert item.claimed_on is not None  # since it waits for the check
        if done_on > item.claimed_on:
            raise Refused(
                _("It was claimed on %(day)s, so it can’t have been done after that day.")
                % {"day": item.claimed_on.isoformat()}
            )
        refuse_unless_done_by(item, done_on)
        refuse_unless_ahead(act, recheck_on)
        facts = {"done_on": str(done_on), "how": how}
        if recheck_on:
            facts["look_back_on"] = recheck_on.isoformat()
        said = answers_to(
            item, answers, _("Write how you saw that it is so; else send it back: %(line)s")
        )
        if not put_up_first(act, found, facts, about=ended_request(act), **said):
            signed_off(act, found, facts, **said)
        act.tell(item.owner_post)
        add_photos(act, pictures, photo_words, Photo.Side.AFTER)
    return act.entry


def signed_off(act: Act, found: str, facts: dict[str, str], **said: Any) -> None:
    """Let a sign-off take effect within an act, with what was found and its facts."""
    item = act.item
    item.done_on, item.signed_off_on = date.fromisoformat(facts["done_on"]), act.happened_on
    item.percent = None if item.percent is None else Decimal(100)
    facts |= plan_look_back(act, planned_on(facts, act.today))
    act.write(found, facts=facts, about=act.about or ended_request(act), **said)
    set_end_of_round(act)


def planned_on(facts: dict[str, str], today: date) -> date | None:
    """Return the day to look back that a sign-off planned, or the next where it has passed."""
    if "look_back_on" not in facts:
        return None
    return max(date.fromisoformat(facts["look_back_on"]), today + timedelta(1))


def not_before_claim(item: Item, day: date) -> None:
    """Refuse a day of the check before the day of the claim that is checked."""
    assert item.claimed_on is not None  # since it waits for the check
    if day < item.claimed_on:
        raise Refused(
            _("It was claimed on %(day)s, so it can’t have been checked before that day.")
            % {"day": item.claimed_on.isoformat()}
        )


def known_way(how: str) -> str:
    """Return how it was checked; raise `Refused` when it is none of the ways."""
    if how not in How.values:
        raise Refused(_("Say how it was checked: on site, phone or meeting."))
    return str(how)


def send_back_item(
    item: Item,
    *,
    by: Person,
    reason: str,
    put_right_by: date,
    undone: Sequence[Part] = (),
    undone_measures: Sequence[Measure] = (),
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Send a claim back: what is still missing, by when, and what isn't done after all.

    `undone` are parts that counted as done, `undone_measures` measures that were ticked.
    """
    reason = need(reason, _("Write what is still missing."))
    who: dict[str, Any] = {"by": by, "now": now}
    with (
        attached_photos("send_back", item, photos, **who) as pictures,
        acting("send_back", item, **who, happened_on=happened_on, yes=yes) as act,
    ):
        not_before_claim(item, act.happened_on)
        about = _write_sent_back(act, reason, put_right_by)
        act.tell(item.owner_post)
        add_photos(act, pictures, photo_words)
        _write_undone(act, about, undone, undone_measures)
    return act.entry


def put_back_to_work(
    act: Act,
    reason: str,
    put_right_by: date,
    undone: Sequence[Part],
    undone_measures: Sequence[Measure],
    **post: Any,
) -> None:
    """Send a claim back, or open again what is resolved, with an act that found it undone.

    `post` is the one that found so, as the entry names it.
    """
    if act.item.status == Status.PENDING_CHECK:
        about = _write_sent_back(act, reason, put_right_by, **post)
    else:
        about = write_reopened(act, reason, put_right_by, **post)
    act.tell(act.item.owner_post, act.item.supervisor_post)
    _write_undone(act, about, undone, undone_measures)


def _write_sent_back(act: Act, reason: str, put_right_by: date, **post: Any) -> Entry:
    facts = claim_taken_back(act.item, put_right_by, act.today)
    about = announced(act.asked("put_up"), "sign_off")  # which ends with it
    entry = act.write(reason, verb="send_back", facts=facts, about=about, **post)
    end_round(act, EndedWhy.SENT_BACK)
    return entry


def write_reopened(
    act: Act, reason: str, put_right_by: date, *, verb: str = "reopen", **post: Any
) -> Entry:
    """Write that a resolved item is opened again, within an act that found so.

    `verb` is the act's own, or a further one of the same act; `post` is the one that found it.
    """
    facts = opened_again(act.item, put_right_by, act.today)
    about = ended_request(act)
    entry = act.write(reason, verb=verb, facts=facts, about=about, **post)
    end_round(act, EndedWhy.REOPENED)
    return entry


def _write_undone(
    act: Act, about: Entry, parts: Sequence[Part], measures: Sequence[Measure]
) -> None:
    """Write what isn't done after all of what is returned."""
    for part in parts:
        write_undone(act, part, about=about)
    write_undone_measures(act, measures, about=about)


def claim_taken_back(item: Item, put_right_by: date, today: date) -> dict:
    """Let a claim hold no longer; return the facts of the entry that says so."""
    item.claimed_on = item.done_on = None
    item.result = ""
    return returned(item, put_right_by, today)


def opened_again(item: Item, put_right_by: date, today: date) -> dict:
    """Let a sign-off hold no longer; return the facts of the entry that says so."""
    signed_off = {"signed_off_on": str(item.signed_off_on)}
    if item.done_on:  # a sheet may not have said it
        signed_off["done_on"] = str(item.done_on)
    item.times_reopened += 1
    item.signed_off_on = item.claimed_on = item.done_on = None
    item.result, item.percent = "", None  # nobody knows how far it is now
    return signed_off | returned(item, put_right_by, today)


def returned(item: Item, put_right_by: date, today: date) -> dict:
    """Set the day from which lateness counts now, and let nobody rely on the count; return facts.

    It is no extension: the deadline stays.
    """
    if put_right_by < today:
        raise Refused(_("The day to put it right has passed already. Set one that lies ahead."))
    item.put_right_by = put_right_by
    item.count_in_doubt = item.done_count is not None
    return {"put_right_by": str(put_right_by)}


def log_visit(
    item: Item,
    *,
    by: Person,
    seen: str,
    how: str,
    next_visit_on: date | None = None,
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Log a visit or a call: what was seen, and when the next one is planned."""
    facts = {"how": known_way(how)}
    if next_visit_on:
        facts["next_visit_on"] = str(next_visit_on)
    seen = need(seen, _("Write what you saw."))
    who: dict[str, Any] = {"by": by, "now": now}
    with (
        attached_photos("log_visit", item, photos, **who) as pictures,
        acting("log_visit", item, **who, happened_on=happened_on, yes=yes) as act,
    ):
        act.write(seen, facts=facts)
        act.tell(item.owner_post)
        add_photos(act, pictures, photo_words)
    return act.entry


def reopen_item(
    item: Item,
    *,
    by: Person,
    reason: str,
    put_right_by: date,
    undone: Sequence[Part] = (),
    undone_measures: Sequence[Measure] = (),
    happened_on: date | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Open a resolved item again: by when it is put right, and what isn't done after all.

    `undone` are parts that counted as done, `undone_measures` measures that were ticked. The old
    sign-off stays in the ledger for ever.
    """
    reason = need(reason, _("Write why it has to be opened again."))
    with acting("reopen", item, by=by, now=now, happened_on=happened_on, yes=yes) as act:
        not_before_sign_off(item, act.happened_on)
        about = write_reopened(act, reason, put_right_by)
        act.tell(item.owner_post, item.supervisor_post)
        _write_undone(act, about, undone, undone_measures)
    return act.entry


def not_before_sign_off(item: Item, day: date) -> None:
    """Refuse a day before that of the sign-off that is looked at again."""
    assert item.signed_off_on is not None  # since it is resolved
    if day < item.signed_off_on:
        raise Refused(
            _("It was signed off on %s. Choose that day or a later one.") % item.signed_off_on
        )
