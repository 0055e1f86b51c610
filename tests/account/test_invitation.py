import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from items.actions import invitation
from items.actions.invitation import accept, invite
from items.models import Person, tie
from tests import factories
from tests.account.conftest import RIGHT, browser, is_in, log_in, words

pytestmark = pytest.mark.django_db
NEW = "quite another password"
TWICE = {"password1": NEW, "password2": NEW}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-06-01 09:00+08:00", tick=False)
    return time_machine


@pytest.fixture
def newcomer():
    person = factories.Person(username="li", name="李明")
    person.set_unusable_password()
    person.save()
    return person


def address(token, language=""):
    return f"{language}/account/invitation/{token}/"


def test_newcomer_sets_a_password_and_logs_in(client, newcomer):
    link = address(invite(newcomer))

    page = words(client.get(link))
    response = client.post(link, TWICE)

    assert "李明" in page
    assert response.headers["Location"] == "/account/login/"
    assert "请用账号 li 登录。" in words(client.get("/account/login/"))
    assert log_in("li", NEW).status_code == 302


def test_link_works_once(client, newcomer):
    link = address(invite(newcomer))
    client.post(link, TWICE)

    again = client.post(link, {"password1": "a third password", "password2": "a third password"})

    assert again.status_code == 410
    assert "这个链接已失效" in words(again)
    assert log_in("li", NEW).status_code == 302


def test_looking_at_the_link_uses_nothing_up(client, newcomer):
    link = address(invite(newcomer))
    for _ in range(3):
        assert client.get(link).status_code == 200


def test_link_dies_with_the_old_password(client, person):
    link = address(invite(person))
    person.set_password(NEW)
    person.save()

    assert client.get(link).status_code == 410


def test_link_dies_at_a_login(client, person):
    link = address(invite(person))
    log_in()

    assert client.get(link).status_code == 410


def test_link_to_a_closed_account_is_dead(client, person):
    link = address(invite(person))
    person.is_active = False
    person.save()

    assert client.get(link).status_code == 410


def test_link_to_an_account_that_was_closed_and_opened_again_is_dead(client, person):
    link = address(invite(person))
    for is_active in (False, True):
        person.is_active = is_active
        person.save()

    assert client.get(link).status_code == 410


TIES = {
    "role": lambda person: factories.Role(person=person),
    "role in the same committee": lambda person: factories.Role(
        person=person, committee=person.roles.get().committee, kind="union_officer"
    ),
    "post": lambda person: factories.Post(holder=person),
    "unit": lambda person: factories.Unit().helpers.add(person),
    "item": lambda person: factories.Item().handlers.add(person),
    "address": lambda person: change(person, email="another@example.com"),
    "superuser": lambda person: change(person, is_superuser=True),
    "admin": lambda person: change(person, is_staff=True),
}


def change(person, **columns):
    Person.objects.filter(pk=person.pk).update(**columns)


def test_ties_are_those_that_give_a_committee_the_account():
    assert {path.split("__")[0] for path in tie.TIES} == set(invitation.TIED)


@pytest.mark.parametrize("gained", TIES)
def test_link_dies_as_the_account_gains_a_tie(client, person, gained):
    factories.Role(person=person, kind="auditor")
    link = address(invite(person))
    assert client.get(link).status_code == 200

    TIES[gained](person)

    assert client.get(link).status_code == 410
    assert client.post(link, TWICE).status_code == 410
    assert log_in(password=RIGHT).status_code == 302


@pytest.mark.parametrize(("kind", "days"), [("hand", 7), ("mail", 1)])
def test_link_lasts_for_days(client, person, clock, kind, days):
    link = address(invite(person, kind), "/en")
    clock.shift(days * 86400 - 1)
    assert client.get(link).status_code == 200

    clock.shift(2)
    response = client.get(link)
    assert response.status_code == 410
    assert "Ask your administrator for a new one." in words(response)


def test_token_cannot_be_changed(client, person):
    other = factories.Person()
    parts = [invite(who).split(":") for who in (person, other)]
    mixed = [":".join([parts[0][0], *parts[1][1:]]), invite(person)[:-1], "x", "a:b:c"]

    assert {client.get(address(token)).status_code for token in mixed} == {410}


def test_of_two_at_once_one_is_too_late(person):
    token = invite(person)

    assert accept(token, NEW) == person
    assert accept(token, "a third password") is None


def test_weak_password_is_refused_and_the_link_lives(client, person):
    link = address(invite(person))

    page = words(client.post(link, {"password1": "123", "password2": "123"}))

    assert "密码太短。请至少用 8 个字符。" in page
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("unseen", [" " * 8, "\u3000" * 12, "\u200b" * 9, "short  " + " " * 9])
def test_password_of_spaces_is_refused_on_every_road(client, person, unseen):
    page = words(client.post(address(invite(person)), {"password1": unseen, "password2": unseen}))
    assert "空格不算" in page

    with pytest.raises(ValidationError, match="空格不算"):
        validate_password(unseen)
    assert not is_in(client)


def test_sentence_with_spaces_is_a_password(client, person):
    """The control: it is the signs that are seen which count."""
    new = "a b c d e f g h"
    client.post(address(invite(person)), {"password1": new, "password2": new})

    assert log_in(password=new).status_code == 302


def test_setting_it_ends_all_sessions_also_one_of_somebody_else_here(person, newcomer):
    before, here = browser(), Client()
    here.force_login(newcomer)

    person.refresh_from_db()
    here.post(address(invite(person)), TWICE)

    assert not is_in(before)
    assert not is_in(here)


# Made in the admin


@pytest.fixture
def administrator():
    return staff("administrator")


def staff(*kinds, **columns):
    client = Client()
    client.person = factories.Person(is_staff=True, **columns)
    committee = factories.Committee()
    for kind in kinds:
        factories.Role(person=client.person, committee=committee, kind=kind)
    client.force_login(client.person)
    return client


def button(person):
    return f"/admin/items/person/{person.pk}/invite/"


def test_administrator_makes_a_link_that_is_shown_once(administrator, newcomer, client, settings):
    settings.SITE_URL = "https://welfare.example"
    change = words(administrator.get(f"/admin/items/person/{newcomer.pk}/change/"))
    page = words(administrator.post(button(newcomer)))
    link = re.search(r"https://welfare\.example(/account/invitation/[^\s<]+)", page)[1]

    assert button(newcomer) in change
    assert client.post(link, TWICE).status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (administrator.person, str(newcomer.pk))
    assert link not in entry.change_message
    assert "已生成邀请链接" in words(
        administrator.get(f"/admin/items/person/{newcomer.pk}/history/")
    )


def test_link_is_in_the_language_of_the_admin(administrator, newcomer):
    assert "/en/account/invitation/" in words(administrator.post("/en" + button(newcomer)))


def test_link_needs_a_post(administrator, newcomer):
    assert administrator.get(button(newcomer)).status_code == 405


@pytest.mark.parametrize("kinds", [["office"], ["auditor"], []])
def test_others_make_no_links(kinds, newcomer):
    assert staff(*kinds).post(button(newcomer)).status_code in (403, 404)


def test_nobody_but_a_superuser_invites_a_superuser(administrator):
    root = factories.Person(is_superuser=True)

    assert administrator.post(button(root)).status_code == 404
    assert staff(is_superuser=True).post(button(root)).status_code == 200


def test_who_is_of_another_committee_is_not_invited(administrator, newcomer):
    factories.Role(person=newcomer, kind="office")

    assert administrator.post(button(newcomer)).status_code == 404


def test_closed_account_is_not_invited(administrator, newcomer):
    Person.objects.filter(pk=newcomer.pk).update(is_active=False)

    assert administrator.post(button(newcomer)).status_code == 404


# A forgotten password


def test_without_mail_the_page_promises_none(client, person, mailoutbox):
    page = words(client.get("/account/password/reset/"))
    client.post("/account/password/reset/", {"email": "a@example.com"})

    assert "请找管理员要一个新链接" in page
    assert "<form" not in page
    assert mailoutbox == []


def test_with_mail_a_link_is_sent(client, person, settings, mailoutbox):
    settings.MAIL_IS_SENT, settings.SITE_URL = True, "https://welfare.example"
    person.email = "zhang@example.com"
    person.save()

    response = client.post("/account/password/reset/", {"email": "ZHANG@example.com"})

    (letter,) = mailoutbox
    link = re.search(r"https://welfare\.example(\S+)", letter.body)[1]
    assert response.headers["Location"] == "/account/password/reset/done/"
    assert (letter.subject, letter.to) == ("设置新密码", ["zhang@example.com"])
    assert "zhang" in letter.body
    assert client.post(link, TWICE).status_code == 302
    assert log_in(password=RIGHT).status_code == 200


def test_unknown_address_gets_the_same_answer_and_no_letter(client, settings, mailoutbox):
    settings.MAIL_IS_SENT = True

    response = client.post("/account/password/reset/", {"email": "nobody@example.com"})

    assert response.headers["Location"] == "/account/password/reset/done/"
    assert mailoutbox == []


def test_no_flood_of_letters(client, person, settings, mailoutbox):
    settings.MAIL_IS_SENT = True
    person.email = "zhang@example.com"
    person.save()

    answers = [client.post("/account/password/reset/", {"email": person.email}) for _ in range(8)]

    assert len(mailoutbox) == 5
    assert answers[-1].status_code == 429
    assert "太频繁了" in words(answers[-1])
