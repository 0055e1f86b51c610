"""What a bulletin says of a list as it stands, paragraph by paragraph.

Nothing is counted anew: the figures are the board's, and what happened is told in its sentences.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from items import public
from items.models import (
    Bulletin,
    BulletinErratum,
    Entry,
    Item,
    VerdictCount,
    VerdictRound,
)
from items.models.bulletin import EN, ZH, Kind, Section
from items.public import bulletins as shapes
from items.public.bulletins import BulletinGroup, BulletinLine, BulletinSection
from items.public.entries import obstacles
from items.public.figures import Figures
from items.public.lists import Row
from items.public.moves import AT_ONCE
from items.public.sentences import brief, days_left, deadline, overdue
from items.queries import year_report
from items.queries.board import board
from items.queries.claims import claim_counts
from items.queries.promises import smaller_of
from items.queries.rows import items_of, read
from items.states import REPORTS, Status, Verb
from items.words import Words, day

DUE_SOON = 30  # days
# In which whoever is late says why, or is told
REASONS = [Verb.SAY_BLOCKED, Verb.ASK_EXTENSION, Verb.DECIDE_EXTENSION, Verb.PUT_ON_HOLD]
REASONS += [Verb.SEND_BACK, Verb.REOPEN, Verb.BRING_BACK]


class Material:
    """A list as a bulletin finds it: the board, all rows, and the entries since the last one."""

    def __init__(self, row: Bulletin, today: date) -> None:
        self.row, self.list, self.today = row, row.list, today
        found = board(row.list.slug, today)
        assert found is not None  # nobody prepares a bulletin of a draft list
        self.board = found
        self.as_of = row.list.as_of(today)
        self.items = read(items_of(row.list))
        for item in self.items:
            item.list = row.list
        self.by_key = {item.pk: item for item in self.items}
        self.rows = {item.pk: public.row(item, self.as_of) for item in self.items}
        earlier = row.list.bulletins.issued().filter(number__lt=row.number)
        self.before = earlier.select_related("entry").order_by("-number").first()
        self.since = self.before.entry.seq if self.before and self.before.entry else 0

    @property
    def names(self) -> bool:
        return bool(self.list.committee.show_names)

    def told(self, entries) -> list[Entry]:
        """Return entries with their words, each with its item as it is read already."""
        rows = list(entries.select_related("words", "about__words").order_by("seq"))
        for entry in rows:
            entry.list = self.list
            if entry.item_id:
                entry.item = self.by_key[entry.item_id]
        return sorted(rows, key=lambda entry: (entry.item.number if entry.item else 0, entry.seq))

    def entries(self, **of):
        return Entry.objects.public().filter(list=self.list, **of)


def bulletin(row: Bulletin, today: date) -> shapes.BulletinArticle:
    """Return what a bulletin says of its list today, in the reader's language."""
    found = Material(row, today)
    year = found.board.head.year
    return shapes.BulletinArticle(
        head=found.board.head,
        title=shapes.title_of(row),
        number=row.number,
        as_of=today,
        arithmetic=found.board.arithmetic,
        before=_before(found.before),
        foreword=Words(row.foreword, row.foreword_en),
        sections=tuple(SECTIONS[Kind(row.kind)](found)),
        rows=tuple(
            shapes.bulletin_row(each, deadline(each, year), overdue(each))
            for each in found.rows.values()
        ),
        closing=Words(row.closing, row.closing_en),
        approved=_approved(row),
    )


def _approved(row: Bulletin) -> shapes.Approval | None:
    if row.signed_post is None or row.signed_on is None:
        return None
    return shapes.Approval(row.list.called(row.signed_post), row.signed_name, row.signed_on)


def _before(last: Bulletin | None) -> shapes.BulletinBefore | None:
    """Return the last equation as it was issued, from what was stored of it."""
    if last is None or last.as_of is None:
        return None
    language = EN if (get_language() or "").startswith("en") else ZH
    then = last.content[language]["arithmetic"]
    figures = " + ".join(str(term["count"]) for term in then["groups"])
    return shapes.BulletinBefore(last.number, last.as_of, f"{then['total']} = {figures}")


def _of_the_year(found: Material) -> Iterator[BulletinSection]:
    """Return the year from its suggestions to its results; nothing is told since an earlier one."""
    found.since = 0
    yield _results(found)
    yield _figures(Section.MONTHS, year_report.months(found.list, found.as_of))
    if beside := year_report.years(found.list, found.today):
        yield _figures(Section.YEARS, beside)
    yield _overdue(found)
    yield _smaller(found)
    yield _verdicts(found)
    yield _errata(found)
    if pictures := year_report.pictures(found.items):
        key = Section.PICTURES
        yield BulletinSection(key.value, str(key.label), None, (), "", pictures=pictures)


def _results(found: Material) -> BulletinSection:
    counts = found.board.suggestions.counts if found.board.suggestions else None
    lines = list(shapes.suggestion_lines(counts)) if counts and counts.total else []
    lines += map(BulletinLine, year_report.results(found.items))
    about = year_report.areas(found.list, found.items, found.today)
    key = Section.RESULTS
    groups = (BulletinGroup("", tuple(lines)),)
    return BulletinSection(
        key.value, str(key.label), None, groups, "", figures=(about,) if about else ()
    )


def _figures(key: Section, table: Figures) -> BulletinSection:
    return BulletinSection(key.value, str(key.label), None, (), "", figures=(table,))


def _of_the_progress(found: Material) -> Iterator[BulletinSection]:
    yield _moved(found)
    yield _overdue(found)
    yield _due(found)
    yield _stuck(found)
    yield _smaller(found)
    yield _suggestions(found)
    yield _verdicts(found)
    yield _errata(found)


SECTIONS = {Kind.PROGRESS: _of_the_progress, Kind.YEAR: _of_the_year}


def _section(key, lines, nothing, *, count=None):
    groups = (BulletinGroup("", tuple(lines)),) if lines else ()
    return BulletinSection(key.value, str(key.label), count, groups, nothing)


def _moved(found: Material) -> BulletinSection:
    entries = found.entries(seq__gt=found.since, item__isnull=False).exclude(verb__in=AT_ONCE)
    by_kind = defaultdict(list)
    for entry in found.told(entries):
        by_kind[shapes.kind_of(entry)].append(shapes.line_of_entry(entry, found.names))
    groups = tuple(
        BulletinGroup(shapes.moved_label(kind), tuple(by_kind[kind]))
        for kind in shapes.MOVED
        if by_kind[kind]
    )
    count = len({line.number for group in groups for line in group.lines})
    nothing = _("nothing, since the list was published")
    if found.before:
        nothing = pgettext("bulletin", "nothing")
    key = Section.MOVED
    label = str(key.label) if found.before else _("Moved since the list was published")
    return BulletinSection(key.value, label, count, groups, nothing)


def _line(item: Item, text: str, entry: Entry | None = None) -> BulletinLine:
    return BulletinLine(text, item.number, item.title_words, entry=entry.seq if entry else 0)


def _overdue(found: Material) -> BulletinSection:
    late = [item for item in found.items if found.rows[item.pk].overdue_days > 0]
    reasons = {}
    said = found.entries(item__in=[item.pk for item in late], verb__in=REASONS)
    for entry in found.told(said.filter(words__erased_on=None).exclude(words__text="")):
        reasons[entry.item_id] = entry
    lines = []
    for item in late:
        row, reason = found.rows[item.pk], reasons.get(item.pk)
        values = {"late": overdue(row), "deadline": deadline(row, found.list.year)}
        values["reason"] = shapes.reason_of(reason)
        pattern = _("%(late)s, %(deadline)s; %(reason)s")
        lines.append(_line(item, pattern % values, reason))
    return _section(Section.OVERDUE, lines, pgettext("bulletin", "none"), count=len(lines))


def _due(found: Material) -> BulletinSection:
    soon = [item for item in found.items if _is_due(found.rows[item.pk])]
    lines = [
        _line(
            item,
            _("%(deadline)s, %(left)s")
            % {
                "deadline": deadline(found.rows[item.pk], found.list.year),
                "left": days_left(found.rows[item.pk].due_in_days),
            },
        )
        for item in soon
    ]
    return _section(Section.DUE, lines, pgettext("bulletin", "none"), count=len(lines))


def _is_due(row: Row) -> bool:
    return row.due_in_days is not None and row.due_in_days <= DUE_SOON


def _stuck(found: Material) -> BulletinSection:
    """Return what nothing is heard of, and what waits, each in every group to which it belongs."""
    said = defaultdict(list)
    year = found.list.year
    held_up, asked = _held_up(found), _asked(found)
    for item in found.items:
        row = found.rows[item.pk]
        if row.stale:
            n = row.last_days_ago
            text = ngettext("no news for %(n)d day", "no news for %(n)d days", n) % {"n": n}
            said["news"].append(_line(item, text))
        if item.status == Status.PENDING_CHECK:
            since = day(item.claimed_on or row.last_on, year)
            said["check"].append(_line(item, _("since %(day)s") % {"day": since}))
        if request := asked.get(item.pk):
            until = {"day": day(date.fromisoformat(request.facts["new_due"]), year)}
            said["time"].append(_line(item, _("asked for until %(day)s") % until, request))
        if entry := held_up.get(item.pk):
            values = {"words": brief(entry.words.text).rstrip("。.")}
            values["who"] = entry.words.evidence
            pattern = _("%(words)s; it takes %(who)s") if values["who"] else "%(words)s"
            said["held_up"].append(_line(item, pattern % values, entry))
        if item.status == Status.ON_HOLD and item.hold_review_on:
            text = _("to be reviewed on %(day)s") % {"day": day(item.hold_review_on, year)}
            said["on_hold"].append(_line(item, text))
    kinds = ("news", "check", "time", "held_up", "on_hold")
    groups = tuple(
        BulletinGroup(shapes.waits_label(kind), tuple(said[kind])) for kind in kinds if said[kind]
    )
    count = len({line.number for group in groups for line in group.lines})
    key = Section.STUCK
    return BulletinSection(key.value, str(key.label), count, groups, pgettext("bulletin", "none"))


def _held_up(found: Material) -> dict[int, Entry]:
    """Return by item the public entry that says what blocks the work now."""
    said = found.told(found.entries(item__isnull=False, verb__in=[Verb.SAY_BLOCKED, *REPORTS]))
    rows = defaultdict(list)
    for entry in reversed(said):
        rows[entry.item_id].append(entry)
    chains = {key: obstacles(found.by_key[key], of) for key, of in rows.items()}
    return {key: chain[0] for key, chain in chains.items() if chain}


def _asked(found: Material) -> dict[int, Entry]:
    """Return by item the public request for more time that nobody has decided."""
    open_ones = [item.pk for item in found.items if item.is_open or item.status == Status.ON_HOLD]
    waiting = found.entries(item__in=open_ones, verb=Verb.ASK_EXTENSION).waiting()
    return {entry.item_id: entry for entry in found.told(waiting)}


def _smaller(found: Material) -> BulletinSection:
    entries = found.told(smaller_of(found.list.pk).filter(seq__gt=found.since))
    lines = [shapes.line_of_entry(entry, found.names) for entry in entries]
    if found.before and (total := found.board.promises):
        text = ngettext(
            "%(n)d since the list was published", "%(n)d since the list was published", total
        )
        lines.append(BulletinLine(text % {"n": total}))
    return _section(
        Section.SMALLER,
        lines,
        pgettext("bulletin", "none"),
        count=len({e.item_id for e in entries}),
    )


def _suggestions(found: Material) -> BulletinSection:
    counts = found.board.suggestions.counts if found.board.suggestions else None
    lines = shapes.suggestion_lines(counts) if counts and counts.total else ()
    return _section(Section.SUGGESTIONS, lines, _("none came in this year"))


def _verdicts(found: Material) -> BulletinSection:
    """Return what workers say of each item in the last round, and how bodies judged the list."""
    asked = [item.pk for item in found.items if not item.hardship]
    counts = list(VerdictCount.objects.filter(round__item__in=asked, day__lt=found.today))
    latest = VerdictRound.objects.filter(item__in=asked).order_by().values("item")
    keys = latest.annotate(last=Max("pk")).values_list("last", flat=True)
    lines = []
    for each in VerdictRound.objects.filter(pk__in=list(keys)).order_by("item__number"):
        said = public.verdict_round(each, counts, found.as_of)
        if said.total:
            text = _(", ").join(f"{count.label} {count.number}" for count in said.counts)
            lines.append(_line(found.by_key[each.item_id], text))
    groups = [BulletinGroup(_("What workers say"), tuple(lines))] if lines else []
    if claims := _claims(found):
        groups.insert(0, BulletinGroup(_("Claims and findings"), (BulletinLine(claims),)))
    judged = tuple(BulletinLine(_assessed(each)) for each in found.board.assessments)
    if judged:
        groups.append(BulletinGroup(_("Assessments"), judged))
    key = Section.VERDICTS
    return BulletinSection(
        key.value,
        str(key.label),
        None,
        tuple(groups),
        _("nobody was asked yet, or nobody answered"),
    )


def _claims(found: Material) -> str:
    """Return how often owners said that it is done, and what was found, as an equation."""
    counts = claim_counts(found.list)
    if not counts.total:
        return ""
    terms = " + ".join(f"{term.label} {term.count}" for term in counts.terms)
    equation = f"{_('claimed done')} {counts.total} = {terms}"
    if not counts.again:
        return equation
    n = counts.again
    again = ngettext(
        "Of what passed the check, %(n)s was to be done again later.",
        "Of what passed the check, %(n)s were to be done again later.",
        n,
    )
    return f"{equation} · {again % {'n': n}}"


def _assessed(each: public.BoardAssessment) -> str:
    grades = _(", ").join(f"{count.label} {count.number}" for count in each.grades)
    values = {"day": day(each.held_on), "body": each.body, "grades": grades, "rule": each.rule}
    return _("%(body)s on %(day)s (%(rule)s): %(grades)s") % values


def _errata(found: Material) -> BulletinSection:
    lines = [shapes.erratum_line(row) for row in errata_of(found.row)]
    said = found.entries(seq__gt=found.since, verb=Verb.ADD_ERRATUM)
    lines += [shapes.assessment_erratum(entry, found.names) for entry in found.told(said)]
    return _section(Section.ERRATA, lines, pgettext("bulletin", "none"))


def errata_of(row: Bulletin) -> list[BulletinErratum]:
    """Return what a bulletin corrects of earlier ones."""
    return list(row.errata.select_related("of").order_by("pk")) if row.pk else []
