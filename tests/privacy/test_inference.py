"""What isn't public can't be guessed: it answers as if it didn't exist, and moves nothing."""

import re
from functools import partial

import pytest
import time_machine
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from items import actions
from items.models import Entry, Item, ItemList, Notice, Person, Photo, Role, Suggestion
from items.privacy import shades
from tests import factories
from tests.factories import NOW
from tests.privacy import tokens
from tests.privacy.conftest import show_names
from tests.privacy.crawling import METHODS, every_byte
from tests.privacy.told import DRAFT, ERASED, MUCH, SLUG, STARTED, UNPUBLISHED
from tests.undone import undone

pytestmark = pytest.mark.crawl

NEVER = "plant-1997"  # as long as DRAFT, and no list's
HIDDEN = {  # what is hidden, and the same that never was
    f"/lists/{DRAFT}/": f"/lists/{NEVER}/",
    f"/lists/{DRAFT}/1/": f"/lists/{NEVER}/1/",
    f"/lists/{DRAFT}/find/": f"/lists/{NEVER}/find/",
    f"/lists/{DRAFT}/not_started/": f"/lists/{NEVER}/not_started/",
    f"/lists/{DRAFT}/plan/": f"/lists/{NEVER}/plan/",
    # A committee that has published nothing
    "/visits/plant-0000/": "/visits/plant-0001/",
    "/committees/plant-0000/": "/committees/plant-0001/",
    # Its former address
    "/visits/plant-0010/": "/visits/plant-0011/",
    "/committees/plant-0010/": "/committees/plant-0011/",
    "/voices/plant-0010/": "/voices/plant-0011/",
    f"/lists/{SLUG}/{UNPUBLISHED}/": f"/lists/{SLUG}/9/",
    # What only a draft uses
    "/places/7011/": "/places/7021/",
    "/calls/7013/": "/calls/7023/",  # a call that is drawn up
    "/voices/company/": "/voices/nothing/",  # a committee that has published nothing
    f"/lists/{SLUG}/themes/7012/": f"/lists/{SLUG}/themes/7022/",
    f"/lists/{DRAFT}/themes/7002/": f"/lists/{NEVER}/themes/7002/",
}
PAGES = ["/", f"/lists/{SLUG}/", f"/lists/{SLUG}/{MUCH}/", f"/lists/{SLUG}/{STARTED}/"]
PAGES += [f"/lists/{SLUG}/find/", f"/lists/{SLUG}/in_progress/", "/lists/plant-2025/1/"]
PAGES += [
    "/visits/plant-2026/",
    "/committees/plant-2026/",
    "/committees/company/",
    "/voices/plant-2026/",
    "/calls/7003/",
    f"/lists/{SLUG}/plan/",
    "/places/7001/",
    f"/lists/{SLUG}/themes/7002/",
]
SITES = ["", "/en", "/large", "/en/large"]


def answer(visitor, path, method="get"):
    """Return every byte of an answer, but for the address that it repeats."""
    return every_byte(getattr(visitor, method)(path)).replace(path.encode(), b"")


def asked(visitor, path, method="get"):
    """Return an answer, and how many questions it asks the database: its time tells as much."""
    with CaptureQueriesContext(connection) as questions:
        said = answer(visitor, path, method)
    return said, len(questions)


def test_hidden_answers_like_what_never_was(visitor, told):
    pairs = [(prefix + here, prefix + never) for prefix in SITES for here, never in HIDDEN.items()]

    for hidden, never in pairs:
        for method in ["get", *METHODS]:
            there, count = asked(visitor, hidden, method)
            nowhere, count_of_nowhere = asked(visitor, never, method)
            assert plain(there, hidden) == plain(nowhere, never), (method, hidden)
            assert count == count_of_nowhere, (method, hidden)


def plain(said, path):
    """Return an answer without its address, in the other language either, and its own number."""
    for prefix in ("/en/large", "/large", "/en"):
        path = path.removeprefix(prefix)
    return re.sub(rb"X-Request-ID: \w+", b"", said.replace(path.encode(), b""))


def test_published_number_answers_otherwise(visitor, told):
    # The negative control.
    shown, nowhere = f"/lists/{SLUG}/1/", f"/lists/{SLUG}/9/"

    assert answer(visitor, shown) != answer(visitor, nowhere)
    assert asked(visitor, shown)[1] != asked(visitor, f"/lists/{NEVER}/1/")[1]


def site(visitor):
    """Return every byte of the pages, with their ETags."""
    return {path: page(visitor, path) for path in [*PAGES, *(f"/en{path}" for path in PAGES)]}


def page(visitor, path):
    """Return every byte of a page."""
    answer = visitor.get(path)
    assert (answer.status_code, "ETag" in answer.headers) == (200, True)
    return every_byte(answer)


@pytest.fixture(scope="module")
def untouched(told_of_the_file):
    """Return every byte of the pages before anything happens."""
    with time_machine.travel(NOW, tick=False):
        return site(Client())


@pytest.fixture(scope="module")
def named(told_of_the_file):
    """Return every byte of the pages with names on them, before anything happens."""
    with time_machine.travel(NOW, tick=False), undone():
        show_names(told_of_the_file.committee)
        tokens.Writer()
        pages = site(Client())
    return pages


def moving(visitor, before, acts):
    """Return which acts, functions by name, move a page: tried together, then half by half."""
    with undone():
        for act in acts.values():
            act()
        moved = any(page(visitor, path) != said for path, said in before.items())
    if not moved:
        return []
    half, found = len(acts) // 2, []
    for names in [list(acts)[:half], list(acts)[half:]] if half else []:
        found += moving(visitor, before, {name: acts[name] for name in names})
    return found or list(acts)


# Every private field of every model, in every row


def change(model, name):
    """Give a field another value in every row that has it, past every rule."""
    field, rows = model._meta.get_field(name), models.QuerySet(model)
    if isinstance(field, models.DecimalField | models.SmallIntegerField):
        return rows.update(**{name: 12})
    written = tokens.value(field, f"{tokens.PRIVATE}999q")
    if written is not None:
        return rows.update(**{name: written})
    if isinstance(field, tokens.TEXT):  # too short for a token
        return rows.update(**{name: "x"})
    if isinstance(field, models.BooleanField):
        return [rows.filter(pk=row.pk).update(**{name: not getattr(row, name)}) for row in rows]
    if isinstance(field, models.BinaryField):
        return rows.update(**{name: b"other bytes"})
    if isinstance(field, models.JSONField):
        return rows.update(**{name: {"a": 1}})
    if field.many_to_many:
        return [getattr(row, name).clear() for row in rows]
    return [point_elsewhere(rows.filter(pk=row.pk), field) for row in rows]


def point_elsewhere(row, field):
    """Let one row's key lead to another row: a new person, or any other that there is."""
    to = field.related_model
    taken = models.QuerySet(row.model) if field.unique else row
    others = to._base_manager.exclude(pk__in=taken.values_list(field.attname, flat=True))
    row.update(**{field.name: factories.Person() if to is Person else others.last()})


def private_fields():
    """Return the private fields of each model, without its key; those of all history together."""
    found = {}
    for model, field in [*tokens.columns("private"), *tokens.relations("private")]:
        # A history's one letter says what kind of change it was; no token fits in.
        if not field.primary_key and field.max_length != 1:
            of = "history" if shades.is_history(model) else model.__name__
            found.setdefault(of, []).append((model, field.name))
    # What points elsewhere comes last: two steps of one suggestion may not have one number.
    return {of: sorted(fields, key=points_elsewhere) for of, fields in found.items()}


def points_elsewhere(field):
    model, name = field
    return model._meta.get_field(name).is_relation


def change_all(fields):
    for model, name in fields:
        assert change(model, name)


def test_private_change_moves_no_page(visitor, named, naming):
    tokens.Writer()
    changes = {of: partial(change_all, fields) for of, fields in private_fields().items()}

    assert moving(visitor, named, changes) == []


def correct(told, photo):
    said = {"field": "words", "value": "另一句话", "reason": "写错了", "now": NOW}
    actions.correct_photo(photo, by=factories.office(told.committee), **said)


PRIVATE_ACTS = {
    "enter for the owner": lambda told: told.enter_for_owner(STARTED),
    "set a task": lambda told: told.set_task(STARTED),
    "urge": lambda told: told.urge(STARTED),
    "make a reporting link": lambda told: told.make_link(),
    "take a reporting link back": lambda told: actions.revoke_link(
        told.make_link(), by=factories.office(told.committee), now=NOW
    ),
    "finish a task": lambda told: told.finish(Entry.objects.tasks().earliest("pk")),
    "erase the words of a task": lambda told: told.erase(Entry.objects.tasks().earliest("pk")),
    "add a photo": lambda told: factories.photo(told.of(STARTED)),
    "correct a photo": lambda told: correct(told, Photo.objects.filter(state="waiting").last()),
    "add to a family’s file": lambda told: told.add_case_file("李四家的申请书"),
    "look into a family’s file": lambda told: actions.read_case(
        told.of(STARTED), by=factories.office(told.committee)
    ),
    "draft an item": lambda told: told.item(20, ItemList.objects.get(slug=SLUG)),
    "draft a list": lambda told: factories.Item(list__committee=told.committee),
    "send a suggestion into moderation": lambda told: factories.suggestion(
        told.committee, moderated=True, name="张三"
    ),
    # What strangers do counts from midnight on: no page tells the minute.
    "send a suggestion": lambda told: factories.suggestion(told.committee, name="张三"),
    "reply": lambda told: actions.reply(Suggestion.objects.get(status="asked"), words="二楼"),
    "take a suggestion back": lambda told: actions.take_words_back(
        Suggestion.objects.counted().waiting().filter(visit=None).earliest("received_on")
    ),
    "draw up a call": lambda told: actions.write_call(
        told.committee,
        by=factories.office(told.committee),
        title="草稿",
        purpose="草稿",
        issuer="办公室",
        opens_on=factories.TODAY,
        closes_on=factories.TODAY,
        answer_by=factories.TODAY,
    ),
    "take on staff": lambda told: factories.Role(committee=told.committee),
    "read a notice": lambda told: Notice.objects.update(seen_at=NOW),
    "drop what is private": lambda told: (
        Notice.objects.all().delete(),
        Role.objects.all().delete(),
    ),
    "drop a draft": lambda told: Item.objects.get(number=UNPUBLISHED, list__slug=SLUG).delete(),
}
PUBLIC_ACTS = {
    "rename an item": lambda told: change(Item, "title"),
    "name a person": lambda told: change(Person, "name"),
    "report": lambda told: factories.hold(told.of(STARTED), now=NOW),
    "let a suggestion in": lambda told: actions.let_in(
        Suggestion.objects.get(in_moderation=True), by=factories.office(told.committee)
    ),
    "release a photo": lambda told: factories.public_photo(told.of(STARTED)),
    "correct a public photo": lambda told: correct(told, Photo.objects.public().last()),
    "log a leader’s visit": lambda told: factories.site_visit(told.owner, heard="新听到的"),
    "publish a list": lambda told: told.publish_next(),
}


def test_private_act_moves_no_page(visitor, untouched, told):
    acts = {name: partial(act, told) for name, act in PRIVATE_ACTS.items()}

    assert moving(visitor, untouched, acts) == []


# The negative controls of the two tests above


@pytest.mark.parametrize("act", PUBLIC_ACTS)
def test_public_act_moves_a_page(visitor, named, naming, act):
    tokens.Writer()

    PUBLIC_ACTS[act](naming)

    assert any(page(visitor, path) != said for path, said in named.items())


def test_the_one_act_that_moves_a_page_is_named(visitor, untouched, told):
    acts = {
        "read a notice": partial(PRIVATE_ACTS["read a notice"], told),
        "report": partial(PUBLIC_ACTS["report"], told),
        "draft a list": partial(PRIVATE_ACTS["draft a list"], told),
    }

    assert moving(visitor, untouched, acts) == ["report"]


# Photos that come along with an act, and wait


def after_claim(visitor, told, *, released=False, **said):
    """Return every byte of an item's page after a claim, which is then undone."""
    with undone():
        factories.claim(told.of(ERASED), now=NOW, **said)
        photos = list(Photo.objects.filter(item=told.of(ERASED))) if released else []
        for photo in photos:
            actions.release_photo(photo, by=factories.office_of(photo.item), now=NOW)
        page = every_byte(visitor.get(f"/lists/{SLUG}/{ERASED}/"))
    return page


def test_claim_with_photos_looks_like_one_without(visitor, told):
    photos = {"photos": [factories.picture()], "photo_words": "东墙"}

    for words in ("验收单", "座椅已换新"):
        without = after_claim(visitor, told, note="座椅已换新", evidence=words)
        given = "" if words == "座椅已换新" else words
        assert after_claim(visitor, told, note="座椅已换新", evidence=given, **photos) == without
    # The negative control: once they are released, they are seen.
    assert after_claim(visitor, told, released=True, evidence="验收单", **photos) != after_claim(
        visitor, told, evidence="验收单"
    )
