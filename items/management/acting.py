"""Base of the commands that act for a person, and look-ups of rows by their short names."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Committee, ItemList, Person, Role
from items.models.organisation import at_address
from items.privacy.personal_data import PersonalData


class ActingCommand(BaseCommand):
    """A command that acts for a person; a refusal ends it with sentences, without a traceback."""

    def add_arguments(self, parser):
        parser.add_argument("--by", help="the account that acts, and answers for it")
        parser.add_argument(
            "--yes", action="store_true", help="publish data about persons, too; it is recorded"
        )

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except PersonalData as refused:
            remedy = _("If it has to be public, add --yes; it is recorded whose yes it was.")
            raise CommandError(f"{refused.sentences[0]}\n{remedy}") from refused
        except Refused as refused:
            raise CommandError("\n".join(refused.sentences)) from refused

    def acting_person(self, username: str | None, committee: Committee) -> Person:
        """Return the person who acts, and print who it is; nobody acts without being named."""
        if not username:
            raise CommandError(_whose_act(committee))
        person = person_of(username)
        sentence = _("Done as %(account)s (%(name)s).")
        self.stdout.write(sentence % {"account": person.username, "name": person.name})
        return person


def _whose_act(committee: Committee) -> str:
    """Return the sentence that asks whose act it is, and names the accounts of the office."""
    people = Person.objects.filter(
        roles__committee=committee, roles__kind=Role.Kind.OFFICE, is_active=True
    )
    known = ", ".join(people.order_by("username").values_list("username", flat=True))
    sentence = _(
        "Say with --by whose act it is; their name is written down. The office of “%(committee)s”"
        " has the accounts: %(known)s."
    )
    return sentence % {"committee": committee, "known": known or _("none")}


def person_of(username: str) -> Person:
    try:
        return Person.objects.get(username=username)
    except Person.DoesNotExist as missing:
        raise CommandError(_("There is no account “%s”.") % username) from missing


def committee_of(slug: str) -> Committee:
    """Return the committee that has this slug, or had it: a timer may still say the old one."""
    try:
        return Committee.objects.get(at_address(slug))
    except Committee.DoesNotExist as missing:
        raise CommandError(
            _("There is no committee “%(slug)s”. There are: %(known)s.")
            % {"slug": slug, "known": known_slugs(Committee)}
        ) from missing


def list_of(slug: str) -> ItemList:
    try:
        return ItemList.objects.select_related("committee").get(slug=slug)
    except ItemList.DoesNotExist as missing:
        raise CommandError(
            _("There is no list “%(slug)s”. There are: %(known)s.")
            % {"slug": slug, "known": known_slugs(ItemList)}
        ) from missing


def known_slugs(model: type[Committee] | type[ItemList]) -> str:
    """Return the slugs of all rows, for a sentence."""
    slugs = model.objects.order_by("slug").values_list("slug", flat=True)
    return ", ".join(slugs) or _("none")
