"""The pages of issued bulletins, and what the desk knows of a list's bulletins."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from items import public, staff
from items.models import Bulletin, Entry, ItemList, Person, Role, duty
from items.models.bulletin import EN, ZH, Section
from items.public.bulletins import title_of
from items.queries.rows import list_at, lists
from items.states import LIST_MOVES, Verb
from items.words import day


def bulletin_page(slug: str, number: int) -> public.BulletinPage | None:
    """Return an issued bulletin of a published list; None when there is none."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    issued = item_list.bulletins.issued().filter(number=number)
    row = issued.select_related("entry", "erasure").first()
    if row is None or row.as_of is None:
        return None
    row.list = item_list
    english = (get_language() or "").startswith("en")
    return public.BulletinPage(
        head=public.head(item_list),
        title=title_of(row),
        kind=row.kind,
        number=number,
        as_of=row.as_of,
        article=row.article_en if english else row.article,
        content=row.content[EN if english else ZH],
        sha256=row.sha256_en if english else row.sha256,
        ledger_head=row.ledger_head,
        corrected=tuple(_corrected(row)),
        stubs=tuple(_stubs(row, english)),
        all=bulletins_of(_lists_of(item_list)),
    )


def bulletin_file(slug: str, number: int) -> bytes | None:
    """Return the PDF of an issued bulletin in the language that is active; None without one."""
    issued = Bulletin.objects.issued().filter(list__slug=slug, number=number)
    row = issued.defer("article", "article_en", "content").first()
    made = row and row.print_in(EN if (get_language() or "").startswith("en") else ZH)
    return bytes(made.file) if made else None


def _lists_of(item_list: ItemList):
    return lists().filter(committee=item_list.committee_id).order_by().values_list("pk", flat=True)


def _corrected(row: Bulletin) -> Iterable[public.Corrected]:
    told = row.corrected_by.filter(bulletin__entry__isnull=False).select_related("bulletin")
    for erratum in told.order_by("bulletin__number", "pk"):
        if erratum.bulletin.as_of:
            label = str(Section(erratum.section).label)
            yield public.Corrected(erratum.bulletin.number, label, erratum.bulletin.as_of)


def _stubs(row: Bulletin, english: bool) -> Iterable[public.Stub]:
    """Return the erasures in a bulletin, each with the digest before and after, as it was kept."""
    if row.erasure_id is None or row.entry is None:
        return
    name, key = "sha256_en" if english else "sha256", str(row.number)
    before = row.entry.facts[name]
    said = Entry.objects.filter(list=row.list_id, seq__gt=row.entry.seq)
    for entry in said.filter(facts__has_key="bulletins").order_by("seq"):
        if key in entry.facts["bulletins"]:
            now = entry.facts["bulletins"][key][name]
            if now != before:
                yield public.Stub(entry.happened_on, before, now)
            before = now


def bulletins_of(lists: Iterable[int]) -> tuple[public.BulletinLink, ...]:
    """Return the issued bulletins of these lists, the newest first."""
    rows = Bulletin.objects.issued().filter(list__in=list(lists)).select_related("list")
    ordered = rows.order_by("-as_of", "-entry").defer("article", "article_en", "content")
    return tuple(map(public.bulletin_link, ordered))


# At the desk

# What a bulletin is due after
OFFERED_AFTER = {Verb.PUBLISH, Verb.CLOSE_LIST, Verb.LOOK_BACK}


def bulletins_state(item_list: ItemList, today: date) -> staff.BulletinsState:
    """Return how long ago a list's last bulletin was, and why another one is due."""
    issued = item_list.bulletins.issued().select_related("entry").order_by("-number")
    last = issued.defer("article", "article_en", "content").first()
    if last is None or last.as_of is None:
        return staff.BulletinsState(None, 0, _due_since(item_list, None))
    last.list = item_list
    ago = (today - last.as_of).days
    return staff.BulletinsState(staff.bulletin_line(last), ago, _due_since(item_list, last))


def _due_since(item_list: ItemList, last: Bulletin | None) -> str:
    """Return what happened since the last bulletin that is worth one, as a sentence; or ""."""
    after = last.entry.seq if last and last.entry else 0
    entries = Entry.objects.filter(list=item_list, verb__in=OFFERED_AFTER, seq__gt=after)
    whole = Q(verb__in=LIST_MOVES, item=None) | Q(verb=Verb.LOOK_BACK)
    entry = entries.filter(whole).order_by("-seq").first()
    if entry is None:
        return ""
    values = {"day": day(entry.happened_on)}
    return {
        Verb.PUBLISH: _("The list was published on %(day)s. Tell it in a bulletin."),
        Verb.CLOSE_LIST: _("The list was closed on %(day)s. Tell it in a bulletin."),
        Verb.LOOK_BACK: _("On %(day)s somebody looked back. Tell it in a bulletin."),
    }[Verb(entry.verb)] % values


def waits_for_yes(person: Person, today: date) -> tuple[staff.BulletinLine, ...]:
    """Return the drafts for which the office asked, and that are for `person` to issue."""
    asked = Bulletin.objects.drafts().exclude(asked_on=None).exclude(prepared_by=person)
    mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    by_post = Q(list__committee__releasing_post__in=duty.posts_of(person, today))
    rows = asked.filter(Q(list__committee__in=mine) | by_post).select_related("list")
    return tuple(map(staff.bulletin_line, rows.order_by("asked_on", "pk")))
