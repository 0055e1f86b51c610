"""What somebody sees who opens a reporting link: one item, what was asked, and the form."""

from dataclasses import dataclass
from datetime import date

from items import public, staff
from items.models import Entry
from items.privacy.report_tokens import LONGEST, hashed
from items.rules.report_links import Over, why_over_now
from items.staff import day_in
from items.states import Verb


@dataclass(frozen=True)
class Opened:
    """A link as it stands today: its entry, and its page while it holds."""

    link: Entry
    over: Over | None
    page: staff.ReportPage | None


def report_link(token: str, today: date) -> Opened | None:
    """Return the link of a token; None where there was never one."""
    if not 0 < len(token) <= LONGEST:
        return None
    made = Entry.objects.filter(verb=Verb.MAKE_LINK, facts__token=hashed(token))
    link = made.select_related("item__list__committee__organisation").first()
    if link is None or link.item is None:
        return None
    if over := why_over_now(link, link.item, today):
        return Opened(link, over, None)
    return Opened(link, None, _page(link))


def _page(link: Entry) -> staff.ReportPage:
    item = link.item
    assert item is not None
    rows = Entry.objects.filter(list=link.list_id, seq=link.facts["asked"])
    asked = rows.select_related("words").first()
    assert asked  # no entry is ever deleted
    by_when, until = day_in(asked, "by_when"), day_in(link, "until")
    assert by_when  # each has its day
    assert until
    return staff.ReportPage(
        list_slug=item.list.slug,
        number=item.number,
        title=item.title_words,
        asked=asked.words.text,
        by_when=by_when,
        due=item.deadline,
        until=until,
        target=item.target_count,
        done=item.done_count,
        count_unit=item.count_unit,
        addressee=public.addressee(item.list.committee),
    )
