"""A bulletin (进展通报): how a list stands on a day, numbered, issued once and frozen for ever.

Until it is issued it holds the two paragraphs that the office writes, and who approved it; all
else is prepared anew each time it is looked at. Issuing stores its article as HTML in both
languages, what it says as data, and the digests of both.
"""

import hashlib
from datetime import date
from typing import Any, NamedTuple, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models.ledger import Entry, digest
from items.models.line import Line
from items.models.list import ItemList
from items.models.person import Person
from items.models.post import Post
from items.models.versioned import Versioned

ZH, EN = "zh-hans", "en"


class Section(models.TextChoices):
    """The paragraphs of a bulletin, in their order; an erratum names one of them."""

    FOREWORD = "foreword", pgettext_lazy("bulletin", "Foreword")
    EQUATION = "equation", pgettext_lazy("bulletin", "How it stands")
    MOVED = "moved", pgettext_lazy("bulletin", "Moved since the last one")
    OVERDUE = "overdue", pgettext_lazy("bulletin", "Overdue")
    DUE = "due", pgettext_lazy("bulletin", "Due in the next 30 days")
    STUCK = "stuck", pgettext_lazy("bulletin", "Silent or stuck, by what they wait for")
    RESULTS = "results", pgettext_lazy("bulletin", "From suggestions to results")
    MONTHS = "months", pgettext_lazy("bulletin", "Month by month")
    YEARS = "years", pgettext_lazy("bulletin", "Years side by side")
    SMALLER = "smaller", pgettext_lazy("bulletin", "Promises made smaller")
    SUGGESTIONS = "suggestions", pgettext_lazy("bulletin", "Workers’ suggestions")
    VERDICTS = "verdicts", pgettext_lazy("bulletin", "What workers say, and assessments")
    PICTURES = "pictures", pgettext_lazy("bulletin", "Before and after")
    ERRATA = "errata", pgettext_lazy("bulletin", "Errata")
    ITEMS = "items", pgettext_lazy("bulletin", "All items")
    CLOSING = "closing", pgettext_lazy("bulletin", "Closing words")


class Kind(models.TextChoices):
    """What a bulletin tells of."""

    PROGRESS = "progress", pgettext_lazy("bulletin", "Progress bulletin")
    YEAR = "year", pgettext_lazy("bulletin", "Report of the year")


class Article(NamedTuple):
    """What is stored of a bulletin as it is issued."""

    zh: str  # HTML
    en: str
    content: dict[str, Any]  # what it says, by language, as plain JSON

    @property
    def seen(self) -> str:
        """Return one digest of what somebody who looked at it saw."""
        return digest([self.zh, self.en])


class BulletinQuerySet(models.QuerySet):
    def issued(self) -> Self:
        """Return those that everyone reads."""
        return self.exclude(entry=None)

    def drafts(self) -> Self:
        return self.filter(entry=None)


class Bulletin(Versioned):
    """A list's bulletin, with its number in the list; a list has one draft at most."""

    list = models.ForeignKey(
        ItemList, models.PROTECT, related_name="bulletins", verbose_name=_("list")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PROGRESS)
    foreword = models.TextField(_("foreword"), blank=True, max_length=1000)
    foreword_en = models.TextField(_("foreword in English"), blank=True, max_length=2000)
    closing = models.TextField(_("closing words"), blank=True, max_length=1000)
    closing_en = models.TextField(_("closing words in English"), blank=True, max_length=2000)
    # Who approved it (签发人), on paper or here; who issued it in the program says the entry.
    signed_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("post")
    )
    signed_name = Line(_("name"), max_length=50, blank=True)
    signed_on = models.DateField(_("approved on"), null=True, blank=True)
    prepared_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+")
    # On which day the office asked for the second yes; a change of the draft takes it back.
    asked_on = models.DateField(null=True, editable=False)
    as_of = models.DateField(_("as of"), null=True, editable=False)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, editable=False, related_name="bulletin"
    )
    article = models.TextField(blank=True, editable=False)
    article_en = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    sha256_en = models.CharField(max_length=64, blank=True, editable=False)
    content = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)
    # The hash of the ledger's entry that issued it: the head of the ledger that it stands on.
    ledger_head = models.CharField(max_length=64, blank=True, editable=False)
    # The last entry by which words in it were erased for privacy, the one change there is.
    erasure = models.ForeignKey(
        Entry, models.PROTECT, null=True, editable=False, related_name="erased_bulletins"
    )

    objects = BulletinQuerySet.as_manager()
    forgets = False  # known only to an erasure: whether it takes the bulletin's own words

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="bulletin_number_once"),
            models.UniqueConstraint(
                fields=["list"], condition=Q(entry=None), name="one_draft_bulletin_of_a_list"
            ),
            models.CheckConstraint(
                condition=Q(entry=None)
                | Q(entry__isnull=False, as_of__isnull=False, signed_on__isnull=False)
                & ~Q(article="")
                & ~Q(article_en="")
                & ~Q(sha256="")
                & ~Q(sha256_en="")
                & ~Q(ledger_head=""),
                name="issued_bulletin_is_whole",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="bulletin_has_a_kind"),
        ]

    def __str__(self):
        return str(_("bulletin no. %s") % self.number)

    @property
    def is_issued(self) -> bool:
        return self.entry_id is not None

    def print_in(self, language: str) -> "BulletinPrint | None":
        """Return the PDF of its article as it stands; None while there is none."""
        of = self.sha256 if language == ZH else self.sha256_en
        return self.prints.filter(language=language, of=of).first()

    def freeze(self, article: Article) -> None:
        """Take an article for its own, with its digests."""
        self.article, self.article_en, self.content = article
        self.sha256, self.sha256_en = sha256_of(article.zh), sha256_of(article.en)

    def digest(self, *, without_errata: bool = False) -> str:
        """Return the digest of all that it says, as the ledger keeps it.

        `without_errata`: as it will be when its own errata are emptied.
        """
        said: dict[str, Any] = {name: getattr(self, name) for name in SAID}
        if self.kind != Kind.PROGRESS:  # those that were issued before there were others have none
            said["kind"] = self.kind
        said |= {name: day and date.isoformat(day) for name, day in self._days().items()}
        errata = self.errata.order_by("pk").values_list("of__number", "section", "text")
        rows = [[of, key, "" if without_errata else text] for of, key, text in errata]
        return digest(said | {"errata": rows})

    def _days(self) -> dict[str, date | None]:
        return {"as_of": self.as_of, "signed_on": self.signed_on}


WRITTEN = ["foreword", "foreword_en", "closing", "closing_en"]
SAID = ["number", *WRITTEN, "signed_post_id", "signed_name", "article", "article_en"]
SAID += ["sha256", "sha256_en", "content"]


def sha256_of(article: str) -> str:
    """Return the SHA-256 of an article's bytes, as anybody can compute it of the page."""
    return hashlib.sha256(article.encode()).hexdigest()


class BulletinPrint(models.Model):
    """The PDF of an issued bulletin in one language, made once of its article."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="prints")
    language = models.CharField(max_length=10, choices=[(ZH, ZH), (EN, EN)])
    of = models.CharField(max_length=64)  # the SHA-256 of the article that it shows
    file = models.BinaryField()
    sha256 = models.CharField(max_length=64)  # of the file
    made_on = models.DateField()

    class Meta:
        verbose_name = _("PDF of a bulletin")
        verbose_name_plural = _("PDFs of bulletins")
        ordering = ["bulletin", "language"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "language"], name="one_print_in_a_language")
        ]

    def __str__(self):
        return f"{self.bulletin_id} · {self.language}"


class BulletinErratum(models.Model):
    """What a bulletin corrects of an earlier one, which stays as it is and links to it."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="errata")
    of = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="corrected_by", verbose_name=_("bulletin")
    )
    section = models.CharField(_("paragraph"), max_length=12, choices=Section)
    text = models.TextField(_("what is wrong, and what is right"), max_length=1000)

    class Meta:
        verbose_name = _("erratum to a bulletin")
        verbose_name_plural = _("errata to bulletins")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__in=Section.values), name="erratum_names_a_paragraph"
            ),
        ]

    def __str__(self):
        return f"{self.of} · {self.get_section_display()}"
