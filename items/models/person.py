"""People who can act, and the roles they have in a committee."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from items.models.line import Line
from items.models.organisation import Committee
from items.words import Words


class Person(AbstractUser):
    """Everybody who can act; one without a login has an unusable password."""

    first_name = None
    last_name = None
    name = Line(pgettext_lazy("person", "name"), max_length=50)

    # How often the account was closed; items/guards/accounts.py counts it on every road.
    closings = models.PositiveIntegerField(default=0, editable=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name or self.username

    @property
    def shown_words(self) -> Words:
        return Words(self.name)

    def get_full_name(self):
        return self.name

    get_short_name = get_full_name

    def _get_session_auth_hash(self, secret=None):
        """Return what a session has to hold; after a closing it is another, for good."""
        if not self.closings:
            return super()._get_session_auth_hash(secret)
        said = f"{self.password} {self.closings}"
        digest = salted_hmac("items.models.person", said, secret=secret, algorithm="sha256")
        return digest.hexdigest()


class Role(models.Model):
    """A standing right of a person in one committee; duties for items come from posts instead."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office")
        UNION_OFFICER = "union_officer", _("Union officer")
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator")

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="roles", verbose_name=_("person")
    )
    committee = models.ForeignKey(
        Committee, models.CASCADE, related_name="roles", verbose_name=_("committee")
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["person", "committee", "kind"], name="role_once")
        ]

    def __str__(self):
        return f"{self.person} · {self.get_kind_display()} · {self.committee}"


# Who never judges what a committee's office answered: those who answer, and those who only keep
# its accounts or audit it.
NEVER_JUDGES = [Role.Kind.OFFICE, Role.Kind.ADMINISTRATOR, Role.Kind.AUDITOR]
