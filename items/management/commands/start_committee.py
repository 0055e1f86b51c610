"""Make a committee and the account of its office."""

import secrets

from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from items.actions.names import free_username
from items.actions.validation import checked
from items.management.acting import ActingCommand, committee_of
from items.models import Committee, Organisation, Person, Role
from items.words import one_line


class Command(ActingCommand):
    help = (
        "Make a committee and its office account, whose password is printed once. Example:"
        " manage.py start_committee --slug ironmaking --name 炼铁厂党委 --organisation 示范钢铁公司"
    )

    def add_arguments(self, parser):
        parser.add_argument("--slug", required=True, help="short name for addresses and commands")
        parser.add_argument("--name", required=True, help="the committee's name")
        parser.add_argument("--name-en", default="", help="its name in English")
        parser.add_argument("--organisation", required=True, help="the company's or plant's name")
        parser.add_argument("--short-name", default="", help="the organisation's short name")
        parser.add_argument("--parent", help="the slug of the committee above it")
        parser.add_argument("--office", help="the account's login name; else one that is free")

    @transaction.atomic
    def handle(self, *, slug, name, name_en, parent, office, **options):
        if Committee.objects.filter(slug=slug).exists():
            raise CommandError(_("There is a committee “%s” already.") % slug)
        committee = Committee(
            slug=slug,
            name=name,
            name_en=name_en,
            organisation=self._organisation(**options),
            parent=committee_of(parent) if parent else None,
        )
        checked(committee).save()
        if Person.objects.filter(username=office).exists():
            sentence = _("There is an account “%s” already. Leave --office out for a free name.")
            raise CommandError(sentence % office)
        office = office or _free_login(slug)
        password = self._office_account(committee, office)
        self.stdout.write(_("“%(name)s” is set up.") % {"name": committee})
        sentence = _("Its office signs in as %(account)s with the password %(password)s")
        self.stdout.write(sentence % {"account": office, "password": password})

    def _organisation(self, *, organisation, short_name, **options):
        row, _new = Organisation.objects.get_or_create(
            name=one_line(organisation), defaults={"short_name": short_name}
        )
        return row

    def _office_account(self, committee, username):
        person = Person(username=username, name=_("Office of %s") % committee.name, is_staff=True)
        password = secrets.token_urlsafe(12)
        person.set_password(password)
        checked(person).save()
        Role.objects.create(person=person, committee=committee, kind=Role.Kind.OFFICE)
        return password


def _free_login(slug: str) -> str:
    """Return a login name that nobody has yet for the office of a new committee."""
    first = not Person.objects.filter(username="office").exists()
    return "office" if first else free_username(f"office-{slug}")
