"""Contacts are forgotten by a command, some days after the end."""

from io import StringIO

import pytest
from django.core.management import call_command

from items import actions
from items.models import Contact
from tests import factories
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db


def test_contacts_whose_time_is_over_are_deleted_and_counted(time_machine, settings):
    committee = factories.Committee()
    ended, _waits = (factories.suggestion(committee, contact="分机 301") for _each in range(2))
    actions.decline(ended, by=factories.office(committee), text="不归厂里管", now=NOW)

    said = []
    for later in (settings.CONTACT_DAYS, settings.CONTACT_DAYS + 1):
        time_machine.move_to(NOW + days(later))
        out = StringIO()
        call_command("forget_contacts", stdout=out)
        said.append(out.getvalue())

    assert ["0" in said[0], "1" in said[1]] == [True, True]
    assert [contact.suggestion.received_on for contact in Contact.objects.all()] == [TODAY]
    assert not Contact.objects.filter(suggestion=ended).exists()
