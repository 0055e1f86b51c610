"""People in every role, for the tables of who may do what."""

from django.db import transaction

from items import models
from items.ledger.entries import write_entry
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.published import unguarded


class World:
    """A draft list with people in every role; an item of its own for a role that needs one.

    The statuses are set in memory only: a question needs no saved row, and some of these people
    could never come to stand where they stand.
    """

    def __init__(self):
        self.item = self.new_item()
        self.list, self.committee = self.item.list, self.item.list.committee
        self.who = {}  # role: (person, item)
        self._with_roles()
        self._releasing()
        self._reviewing()
        self._on_the_owners_side()
        self._of_other_committees()
        self._checking()
        self._formerly()
        self._looking()
        self._barred_but_with_a_post()

    def new_item(self, **columns):
        return factories.Item(owner_post__is_leader=False, **columns)

    def add(self, role, person=None, item=None):
        person = person or factories.Person()
        self.who[role] = (person, item or self.item)
        return person

    def with_role(self, name, *kinds, committee=None, **person):
        person = self.add(name, factories.Person(**person))
        for kind in kinds:
            factories.Role(committee=committee or self.committee, kind=kind, person=person)
        return person

    def _with_roles(self):
        self.with_role("office", "office")
        self.with_role("colleague", "office")
        self.with_role("auditor", "auditor")
        self.with_role("auditor of the office", "auditor", "office")
        self.with_role("administrator", "administrator")
        self.with_role("administrator of the office", "administrator", "office")
        self.with_role("superuser", is_superuser=True)
        self.with_role("superuser of the office", "office", is_superuser=True)
        self.with_role("office, account closed", "office", is_active=False)
        self.with_role("administrator, account closed", "administrator", is_active=False)
        self.add("stranger")

    def _releasing(self):
        """Add the holder of the post for releases, of each kind of item that they may meet."""
        post = factories.Post(committee=self.committee)
        self.committee.releasing_post = post
        self.committee.save()
        holder = self.add("releaser", post.holder(TODAY))
        handled, reported = self.new_item(list=self.list), self.new_item(list=self.list)
        handled.handlers.add(self.add("releaser who handles", holder, handled))
        self.write("report_progress", reported, holder)
        self.add("releaser who reported once", holder, reported)
        former = factories.Person()
        post.holdings.create(person=former, since=TODAY - days(9), until=TODAY - days(1))
        self.add("former releaser", former)

    def _reviewing(self):
        """Add the holder of the post to which a review of each item goes."""
        post = factories.Post(committee=self.committee)
        holder = self.add("reviewer", post.holder(TODAY))
        items = {"reviewer": self.item}
        for role in ("who handles", "who supervises", "who signed it once"):
            items[role] = self.new_item(list=self.list)
            self.add(f"reviewer {role}", holder, items[role])
        items["who handles"].handlers.add(holder)
        items["who supervises"].supervisor_post = post
        items["who supervises"].save()
        self.write("sign_off", items["who signed it once"], holder, role="supervisor")
        for item in items.values():
            self.review(item, post)
        of_office = factories.Post(committee=self.committee)
        self.review(item := self.new_item(list=self.list), of_office)
        self.with_role("reviewer of the office", "office")
        person = self.who["reviewer of the office"][0]
        of_office.holdings.update(person=person)
        self.add("reviewer of the office", person, item)
        former = factories.Person()
        post.holdings.create(person=former, since=TODAY - days(9), until=TODAY - days(1))
        self.add("former reviewer", former)

    def review(self, item, post):
        """Let a review of a draft be open, which the database's guards would refuse."""
        said = {"cause": "again", "opened_on": TODAY, "due": TODAY + days(9)}
        with unguarded("review_insert"):
            return models.Review.objects.create(item=item, post=post, **said)

    def _on_the_owners_side(self):
        owner = self.add("owner", factories.owner_of(self.item))
        owner.set_unusable_password()
        self.item.handlers.add(self.add("handler"))
        for role in ("lead", "joint", "support"):
            unit = factories.Unit(committee=self.committee)
            unit.helpers.add(self.add(f"helper of a {role} unit"))
            self.item.unit_shares.create(unit=unit, role=role)

        for kind in ("union", "workshop"):
            self._union_officer(kind)

    def _union_officer(self, kind):
        """Add an officer of the union; whoever isn't their unit's is nobody here."""
        item = self.new_item(list=self.list)
        unit = factories.Unit(committee=self.committee, kind=kind)
        item.unit_shares.create(unit=unit, role="joint")
        role = f"union officer of a {kind} item"
        self.add(role, item=item)
        factories.Role(committee=self.committee, kind="union_officer", person=self.who[role][0])

    def _of_other_committees(self):
        self.committee.parent = parent = factories.Committee()
        self.committee.save()
        child = factories.Committee(parent=self.committee)
        another = factories.Committee()
        self.with_role("union officer of another committee", "union_officer", committee=another)
        unit = factories.Unit(committee=self.committee, kind="union")
        self.item.unit_shares.create(unit=unit, role="support")
        self.with_role("office of another committee", "office", committee=factories.Committee())
        self.with_role("office of the parent committee", "office", committee=parent)
        self.with_role("office of a child committee", "office", committee=child)
        self.with_role("administrator of the parent committee", "administrator", committee=parent)

    def _checking(self):
        self.add("supervisor", factories.supervisor_of(self.item))
        another = self.checking("supervisor of another item")
        self.add("supervisor of another item", factories.supervisor_of(another))
        handled, helped, reported = (
            self.checking(f"supervisor who {does}")
            for does in ("handles", "helps", "reported once")
        )
        union = self.checking("supervisor who is the union’s")
        unit = factories.Unit(committee=self.committee, kind="union")
        union.unit_shares.create(unit=unit, role="lead")
        officer = factories.supervisor_of(union)
        factories.Role(committee=self.committee, kind="union_officer", person=officer)
        handled.handlers.add(factories.supervisor_of(handled))
        unit = factories.Unit(committee=self.committee)
        unit.helpers.add(factories.supervisor_of(helped))
        helped.unit_shares.create(unit=unit, role="lead")
        self.write("report_progress", reported, factories.supervisor_of(reported))

    def checking(self, role):
        item = self.new_item(list=self.list)
        self.add(role, factories.supervisor_of(item), item)
        return item

    def write(self, verb, item, person, **written):
        written = {"item": item, "by": person, "role": "owner"} | written
        with transaction.atomic():
            return write_entry(self.list, verb, happened_on=TODAY, now=NOW, **written)

    def _formerly(self):
        item = self.new_item(list=self.list)
        for name in ("owner", "supervisor"):
            post = getattr(item, f"{name}_post")
            self.add(f"former {name}", post.holder(TODAY), item)
            post.holdings.update(until=TODAY)
            post.holdings.create(person=factories.Person(), since=TODAY)
        self.write("report_progress", item, self.add("former reporter", item=item))

    def _looking(self):
        """Add holders of a post that is to look back, at an item that was signed off."""
        post = factories.Post(committee=self.committee)
        holder = self.asked_to_look("looker", post)
        self.asked_to_look("looker who signed it off", post, signer=holder)
        handled = self.asked_to_look("looker who handles", post)
        self.who["looker who handles"][1].handlers.add(handled)
        office = factories.Post(committee=self.committee)
        factories.Role(committee=self.committee, person=office.holder(TODAY))
        self.asked_to_look("looker of the office", office)
        former = factories.Person()
        post.holdings.create(person=former, since=TODAY - days(9), until=TODAY - days(1))
        self.add("former looker", former, self.who["looker"][1])

    def asked_to_look(self, role, post, signer=None):
        item = self.new_item(list=self.list)
        by = signer or factories.Person()
        signed = self.write("sign_off", item, by, role="supervisor", status_to="resolved")
        asked = self.write("open_look_back", None, by, role="office")
        item.look_backs.create(sign_off=signed, post=post, by_when=TODAY, round=asked)
        return self.add(role, post.holder(TODAY), item)

    def _barred_but_with_a_post(self):
        for name, barred in {
            "superuser": {"is_superuser": True},
            "account closed": {"is_active": False},
        }.items():
            item = self.new_item(list=self.list)
            for duty in ("owner", "supervisor"):
                person = getattr(item, f"{duty}_post").holder(TODAY)
                models.Person.objects.filter(pk=person.pk).update(**barred)
                person.refresh_from_db()
                self.add(f"{duty}, {name}", person, item)
        item = self.checking("supervisor, auditor")
        auditor = factories.supervisor_of(item)
        factories.Role(committee=self.committee, kind="auditor", person=auditor)
