"""No sentence of the framework reaches a page: what is wrong in a field is said in our words."""

import pytest
from django import forms
from django.conf import settings
from django.utils.translation import override

from items import actions
from items.actions.draft import Draft
from items.actions.names import Names
from items.errors import Refused
from tests import factories
from tests.desk.sending import address, said
from tests.items.actions.acts import ACTS
from welfare.account import forms as account
from welfare.desk.calls import forms as calls
from welfare.desk.case_files import forms as case_files
from welfare.desk.drafts.columns import COLUMNS, fields_for
from welfare.desk.items import forms as items
from welfare.desk.items import photo_forms
from welfare.desk.lists import forms as lists
from welfare.desk.month import forms as month
from welfare.desk.names import forms as names
from welfare.desk.office_contact import forms as office_contact
from welfare.desk.posts import forms as posts
from welfare.desk.releases import forms as releases
from welfare.desk.suggestions import forms as suggestions
from welfare.desk.visits import forms as visits
from welfare.forms import Plain, explain
from welfare.suggestions import forms as sent

HOMES = [account, calls, case_files, items, photo_forms, lists, names, posts, suggestions]
HOMES += [office_contact, visits, sent, releases, month]
FORMS = {
    f"{home.__name__}.{name}": form
    for home in HOMES
    for name, form in vars(home).items()
    if isinstance(form, type) and issubclass(form, Plain) and issubclass(form, forms.BaseForm)
}
WRONG = ["长" * 30_000, "-99999999999", "99999999999", "1.23456", "abc", "\ud800", "2026-99-99"]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_field_of_each_form_has_sentences_of_ours(form, language):
    with override(language):
        for name, field in FORMS[form].base_fields.items():
            if getattr(field, "queryset", 1) is None:
                continue  # what can be chosen is known only with a row
            field = field.__deepcopy__({})
            own = dict(field.error_messages)
            explain(field, "栏目名")
            for value in WRONG:
                for message in complaints(field, value):
                    assert (
                        "栏目名" in message or message in own.values() or is_better(message, own)
                    ), (name, value, message)


def complaints(field, value):
    values = [value, [value]] if isinstance(field, forms.MultipleChoiceField) else [value]
    for each in values:
        try:
            field.clean(each)
        except forms.ValidationError as error:
            yield from error.messages
        except (AttributeError, TypeError):
            continue  # a file, which no text is


def is_better(message, own):
    """Tell whether a form has given the field a sentence of its own for that."""
    return any(str(text).split("%")[0][:6] in message for text in own.values() if str(text))


@pytest.mark.django_db
def test_what_is_too_long_says_how_long_it_may_be(as_):
    item = ACTS["deliver"].ready()
    client = as_(factories.owner_of(item))

    answer = client.post(address(item, "deliver"), said("deliver", item, what="冰" * 101))

    (sentence,) = answer.context["form"].errors["what"]
    assert ("101" in sentence, "100" in sentence) == (True, True)
    assert "确保" not in sentence  # Django's own


@pytest.mark.django_db
def test_rows_of_the_table_say_it_too(as_):
    item_list = factories.ItemList()
    columns = fields_for(item_list, Names(item_list.committee), COLUMNS)

    for value in ("长" * 500, "-5", "999999999"):
        for field in columns.values():
            for message in complaints(field, value):
                assert "确保" not in message, (field, message)


@pytest.mark.django_db
def test_command_says_it_too():
    item_list = factories.ItemList()
    office = factories.office(item_list.committee)
    draft = Draft(fields={"title": "长" * 201, "budget": "元" * 101})

    with pytest.raises(Refused) as refused:
        actions.write_draft(item_list, 1, draft, by=office, now=factories.NOW)

    assert len(refused.value.sentences) == 2
    assert not any("确保" in sentence for sentence in refused.value.sentences)
