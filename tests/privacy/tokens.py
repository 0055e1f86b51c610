"""Secrets that can be found again: one for each field that can hold one, in every row of it."""

import base64
import re
from datetime import UTC, date, datetime
from itertools import count

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat, Mod

from items.guards import triggers
from items.models import (
    BroughtIn,
    Call,
    Entry,
    EntryWords,
    Holding,
    Item,
    ItemList,
    Measure,
    Part,
    Person,
    Photo,
    SiteVisit,
    Spot,
    Suggestion,
)
from items.privacy import shades
from items.states import Status
from tests.photos import corpus

# What stands in pictures that people send; nothing of it may come out again
IN_PICTURES = corpus.SECRET.decode()

# Each begins with its kind: what nobody may see, a name, what everybody may see.
PRIVATE, NAME, PUBLIC = "zqcanar", "zqnamed", "zqshown"
DAY = date(1871, 3, 17)
NUMBER = 18_710_317

LONG = len(PRIVATE) + len("100q") + 6  # letters that a token needs
TEXT = models.CharField | models.TextField
FOR_MACHINES = {"slug", "status", "term", "status_before_hold", "verb", "role", "kind"}
FOR_MACHINES |= {"status_from", "status_to", "side", "state", "stem"}


def columns(shade):
    """Yield each column of a shade with its model."""
    for model in apps.get_app_config("items").get_models():
        for field in model._meta.concrete_fields:
            if shades.shades(model, field.name) == [shade]:
                yield model, field


def relations(shade):
    """Yield each relation of a shade to many rows, with its model."""
    for model in apps.get_app_config("items").get_models():
        for field in model._meta.many_to_many:
            if shades.shades(model, field.name) == [shade]:
                yield model, field


def value(field, token):
    """Return what to write into every row of a column; None where it can hold no secret."""
    if isinstance(field, models.DateTimeField):
        return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, TEXT) and (field.max_length or LONG) >= LONG:
        # The key makes it unique in its column; a random one is too long for a column.
        return Concat(Value(token), Cast(Mod("pk", 1_000_000), models.CharField()))
    small = isinstance(field, models.SmallIntegerField)  # too short for a secret
    if isinstance(field, models.IntegerField) and not small and not field.primary_key:
        return Value(NUMBER * 10) + Mod("pk", 1_000_000)
    return None


class Writer:
    """Write tokens past every rule and guard; remember which column holds which."""

    def __init__(self):
        connection.check_constraints()
        triggers.remove(connection)
        self.numbers = count(100)
        self.column_of = {}
        self.rows_with = {}  # by token, the question for the rows that it was written into

    def write(self, kind, rows, *names):
        """Write a token of its own into each named column of the rows."""
        rows = models.QuerySet(rows.model).filter(pk__in=list(rows.values_list("pk", flat=True)))
        for name in names:
            token = f"{kind}{next(self.numbers)}q"
            written = value(rows.model._meta.get_field(name), token)
            if written is not None:
                rows.update(**{name: written})
                self.column_of[token] = f"{rows.model.__name__}.{name}"
                self.rows_with[token] = rows.filter(**{f"{name}__contains": token})

    def standing(self):
        """Return the tokens that stand in a row: no date holds one, and some were written over."""
        return [token for token, rows in self.rows_with.items() if rows.exists()]


def write_private(writer=None):
    """Fill all that no visitor may see, names included; return the writer."""
    writer = writer or Writer()
    for model, field in columns("private"):
        writer.write(PRIVATE, model._base_manager.all(), field.name)
    for rows in hidden_rows():
        writer.write(PRIVATE, rows, *words_of(rows.model))
    write_names(writer)
    return writer


def write_names(writer):
    """Fill the names: of those who own and supervise, and of all others."""
    held = Holding.objects.filter(
        Q(post__owned_items__published_on__isnull=False)
        | Q(post__supervised_items__published_on__isnull=False)
    )
    dutiful = Person.objects.filter(pk__in=held.values("person"))
    writer.write(NAME, dutiful, "name")
    writer.write(PRIVATE, Person.objects.exclude(pk__in=dutiful.values("pk")), "name")
    for_a_post = Q(entry__role__in=["owner", "supervisor"]) & ~Q(post="")
    spoken = EntryWords.objects.filter(for_a_post, entry__public=True, erased_on=None)
    writer.write(NAME, spoken, "name")
    writer.write(PRIVATE, EntryWords.objects.exclude(pk__in=spoken.values("pk")), "name")
    appointed = EntryWords.objects.filter(entry__verb="appoint")
    writer.write(NAME, appointed, "old", "new")
    writer.write(NAME, EntryWords.objects.filter(entry__verb="bring_in").exclude(new=""), "new")
    writer.write(NAME, BroughtIn.objects.all(), "signed_off_by")
    writer.write(NAME, SiteVisit.objects.all(), "name")


def hidden_rows():
    """Yield the rows that aren't public, whatever their columns: drafts, what isn't released."""
    yield ItemList.objects.filter(status="draft")
    drafts = Item.objects.filter(status=Status.DRAFT)
    yield drafts
    for model in (Measure, Part, BroughtIn):
        yield model.objects.filter(item__in=drafts)
    yield EntryWords.objects.filter(entry__public=False)
    unseen = Photo.objects.exclude(state=Photo.State.PUBLIC)
    yield unseen
    yield Spot.objects.exclude(photos__state=Photo.State.PUBLIC)
    yield Call.objects.filter(status="draft")
    yield Suggestion.objects.filter(shown_on=None)
    yield from history()


def history():
    for model in apps.get_app_config("items").get_models():
        if shades.is_history(model):
            yield model._base_manager.all()


def words_of(model):
    """Return the columns of a model in which a person's words could stand."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT) and field.name not in FOR_MACHINES
    ]


def write_public(writer):
    """Fill what everybody may read, for the control: it has to be found."""
    for model, field in columns("public"):
        if field.name in words_of(model) and model is not Entry:
            rows = model._base_manager.all()
            if model is EntryWords:
                rows = rows.filter(erased_on=None)  # of the others, nothing is left to be read
            writer.write(PUBLIC, rows, field.name)


# Finding them again


def forms(secret: str) -> dict[str, bytes]:
    """Return a secret as it may be written in an answer."""
    text = secret.encode()
    return {
        "plain": text,
        "reversed": text[::-1],
        "hex": text.hex().encode(),
        "percent": "".join(f"%{byte:02x}" for byte in text).encode(),
        "quoted-printable": "".join(f"={byte:02x}" for byte in text).encode(),
        "JSON": "".join(f"\\u{byte:04x}" for byte in text).encode(),
        "HTML, decimal": "".join(f"&#{byte};" for byte in text).encode(),
        "HTML, hexadecimal": "".join(f"&#x{byte:x};" for byte in text).encode(),
        "UTF-16": secret.encode("utf-16-le"),
        **{f"base64, {shift} before": in_base64(text, shift) for shift in range(3)},
    }


def in_base64(text, shift):
    """Return what stays of a text in base64 after `shift` other bytes, whatever follows."""
    whole = base64.b64encode(b"\0" * shift + text)
    first = -(-shift * 8 // 6)
    return whole[first : (shift + len(text)) * 8 // 6]


def days_forms():
    said = [DAY.isoformat(), "18710317", "1871年3月17日", "17 March 1871"]
    return {f"the day as {each}": each.encode() for each in said}


def seen(answers, *kinds):
    """Return where secrets of these kinds stand in the answers, a dictionary of bytes."""
    kinds = [*kinds, IN_PICTURES.lower()]
    known = {f"{kind}, {name}": form for kind in kinds for name, form in forms(kind).items()}
    if PRIVATE in kinds:
        known |= days_forms()
    any_of_them = b"|".join(map(re.escape, known.values()))
    pattern = re.compile(b"(?:" + any_of_them + b").{0,8}", re.IGNORECASE | re.DOTALL)
    return {where: found[0] for where, said in answers.items() if (found := pattern.search(said))}


def tokens_in(answers, kind):
    """Return every token of a kind that stands plainly in the answers."""
    pattern = re.compile(rf"{kind}\d\d\dq".encode())
    return {token.decode() for said in answers.values() for token in pattern.findall(said)}
