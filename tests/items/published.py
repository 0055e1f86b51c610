"""A published item with everything that the database guards, and SQL run against it."""

from contextlib import contextmanager

from django.db import connection, transaction

from items import actions
from items.guards import triggers
from items.ledger.entries import write_entry
from items.models import BroughtIn, ClosingName, Item
from items.words import Words
from tests import factories
from tests.factories import TODAY, at
from tests.items.actions.acts import close, put_up


class Published:
    """A published item with a row in every table that is guarded, and a draft beside it."""

    def __init__(self):
        committee = factories.Committee(show_names=True)
        of = {"committee": committee}
        item = factories.Item(
            title="更换主控室座椅",
            hardship=True,
            list=factories.ItemList(**of),
            place=factories.Place(**of),
            category=factories.Category(**of),
            theme=factories.Theme(**of),
        )
        item.parts.create(title="一区")
        item.criteria.create(text="16把椅子都能坐", text_en="All 16 chairs can be sat in")
        self.share = factories.Unit(committee=committee)
        item.unit_shares.create(unit=self.share, role="lead")
        item.handlers.add(factories.Person())
        office = factories.office_of(item)
        BroughtIn.objects.create(
            item=item, status="not_started", file="清单.xlsx", row=7, by=office, at=at(TODAY)
        )
        factories.publish(item.list)
        factories.photo(Item.objects.get(pk=item.pk), side="before")
        factories.delivery(Item.objects.get(pk=item.pk))
        factories.occasion(Item.objects.get(pk=item.pk))
        self.item = Item.objects.get(pk=item.pk)
        self.entry = self.item.last_entry
        self.list = self.item.list
        self.draft = factories.Item()
        self.person = factories.Person()
        self.unit = factories.Unit(committee=item.list.committee)
        self._suggestions()
        self.renamed = factories.Committee(slug="former")
        self.renamed.slug = "present"
        self.renamed.save()
        self.visit = factories.site_visit(self.item.owner_post)
        self.file = factories.case_file(self.item)
        self.empty_file = factories.case_file(self.item, name="未看过的")
        actions.open_case_file(self.file, by=office)
        self._verdict()
        self._review()
        self._assessment()
        self.announcement = put_up(factories.item_at("in_progress"))
        of_it = {"about": self.announcement.item, "objects_to": self.announcement}
        factories.suggestion(self.announcement.list.committee, **of_it)
        self._proposal()
        self._bulletins()
        self.look_back = factories.look_back_asked(factories.item_at("resolved"))
        self.draw = factories.draw(self.look_back.item.list.committee)
        self._closing_name()
        self._change_of_year(office)
        self.item = Item.objects.get(pk=item.pk)  # what was prefetched can't be copied

    def _proposal(self):
        """Put a whole draft list up for objections, with all kinds of lines under an item."""
        self.proposed = item = factories.Item()
        item.criteria.create(text="16把椅子都能坐")
        item.parts.create(title="一区")
        item.unit_shares.create(unit=factories.Unit(committee=item.list.committee), role="lead")
        item.handlers.add(factories.Person())
        office = factories.office_of(item)
        state = {"status": "not_started", "file": "清单.xlsx", "row": 7, "by": office}
        BroughtIn.objects.create(item=item, at=at(TODAY), **state)
        self.also_proposed = factories.another(item)
        self.proposal = actions.put_up_list(item.list, by=office, now=at(TODAY))

    def _change_of_year(self, office):
        """Let a draft have the entry of an item carried over, and a list that of its closing."""
        into = factories.ItemList(committee=self.list.committee)
        goes_on = {"carried_from": self.item, "origin": self.item}
        self.going = factories.another(self.item, list=into, number=1, **goes_on)
        self.open_list = factories.published_item().list
        said = {"by": office, "role": "office", "happened_on": TODAY, "now": at(TODAY)}
        in_progress = {"status_from": "draft", "status_to": "in_progress"}
        write_entry(into, "carry_in", item=self.going, **in_progress, **said)
        write_entry(self.open_list, "close_list", **said)

    def _closing_name(self):
        """Let a closed list show a category that is called otherwise today."""
        category = factories.Category()
        draft = factories.ItemList(committee=category.committee)
        closed = factories.Item(list=draft, category=category)
        by = factories.office_of(closed)
        factories.publish(closed.list)
        close(draft)
        new = {"committee": category.committee, "reason": "改名", "by": by}
        actions.rename(category, Words("新类别"), **new)
        self.closing_name = ClosingName.objects.get()

    def _suggestions(self):
        """Let a suggestion become the item, and look at its contact; let another one wait."""
        by, committee = factories.office_of(self.item), self.item.list.committee
        self.call = factories.call(committee)
        self.suggestion = factories.suggestion(committee, contact="分机 301")
        self.waiting = factories.suggestion(committee)
        actions.adopt(self.suggestion, by=by, items=[self.item], text="列入清单")
        actions.see_contact(self.suggestion, by=by, why="约时间")
        actions.show_answer(self.suggestion, by=by, words="换座椅", answer="列入清单")
        actions.mention_suggestion(self.suggestion, browser="some bits", today=TODAY)
        self.mention = self.suggestion.mentions.get()
        self.declined = factories.suggestion(committee)
        actions.decline(self.declined, reason="not_ours", by=by, text="不归厂里管")
        actions.appeal(self.declined, words="还是太远", today=TODAY)
        self.settled = factories.suggestion(committee)
        self.photo = factories.settled(self.settled, by=by, text="装好了").photos.get()

    def _verdict(self):
        """Let a worker answer about an item that is said to be done, and count it."""
        self.round = factories.item_at("pending_check").verdict_rounds.get()
        factories.verdict(self.round.item, grade="not_done")
        self.verdict, self.count = self.round.verdicts.get(), self.round.counts.get()

    def _review(self):
        """Let words open a review of an item that was signed off."""
        self.signed = factories.reviewed_item()
        self.review = self.signed.reviews.get()
        actions.tell_coaching(self.signed, words="班长让都按办好了", key=7, today=TODAY)
        self.coaching = self.signed.coachings.get()

    def _assessment(self):
        """Let an assessment of another list be issued, and another one wait as a draft."""
        judged = self.round.item
        rows = {judged.number: {"satisfied": 3, "basically": 0, "unsatisfied": 1, "present": 4}}
        said = {"held_on": TODAY, "body": "职工代表大会"}
        self.issued = factories.assessment(judged.list, rows, **said)
        actions.issue_assessment(self.issued, by=factories.colleague_of(judged), now=at(TODAY))
        self.waits = factories.assessment(judged.list, rows, **said)

    def _bulletins(self):
        """Let two bulletins of another list be issued, the second with an erratum to the first."""
        told = self.round.item.list
        first = factories.issued_bulletin(told)
        self.bulletin = factories.bulletin(told)
        self.erratum = actions.correct_bulletin(
            self.bulletin, by=factories.office(told.committee), of=first, section="due", text="错"
        )
        factories.issue_bulletin(self.bulletin)
        self.bulletin.refresh_from_db()
        of = self.bulletin.sha256
        actions.keep_print(self.bulletin, "zh-hans", of=of, file=b"%PDF-", today=TODAY)
        self.bulletin_draft = factories.bulletin(told)

    def ids(self):
        return {
            "item": self.item.pk,
            "entry": self.entry.pk,
            "list": self.list.pk,
            "going": self.going.pk,
            "open_list": self.open_list.pk,
            "closed_list": self.closing_name.list_id,
            "looked": self.look_back.pk,
            "drawn": self.draw.pk,
            "draft": self.draft.pk,
            "draft_list": self.draft.list_id,
            "person": self.person.pk,
            "unit": self.unit.pk,
            "share": self.share.pk,
            "place": self.item.place_id,
            "category": self.item.category_id,
            "theme": self.item.theme_id,
            "organisation": self.item.list.committee.organisation_id,
            "holder": self.item.owner_post.holder(TODAY).pk,
            "kept": self.closing_name.pk,
            "post": self.item.owner_post_id,
            "coaching": self.coaching.pk,
            "review": self.review.pk,
            "announcement": self.announcement.pk,
            "of_announcement": self.announcement.list_id,
            "proposed": self.proposed.pk,
            "also_proposed": self.also_proposed.pk,
            "proposed_list": self.proposed.list_id,
            "signed_entry": self.signed.last_entry_id,
            "committee": self.draft.list.committee_id,
            "own_committee": self.item.list.committee_id,
            "renamed": self.renamed.pk,
            "call": self.call.pk,
            "suggestion": self.suggestion.pk,
            "step": self.suggestion.entries.first().pk,
            "waiting": self.waiting.pk,
            "visit": self.visit.pk,
            "mention": self.mention.pk,
            "appeal": self.declined.pk,
            "settled": self.settled.pk,
            "result": self.photo.pk,
            "file": self.file.pk,
            "empty_file": self.empty_file.pk,
            "round": self.round.pk,
            "verdict": self.verdict.pk,
            "count": self.count.pk,
            "issued": self.issued.pk,
            "waits": self.waits.pk,
            "issuing": self.issued.entry_id,
            "row": self.issued.rows.get().pk,
            "bulletin": self.bulletin.pk,
            "bulletin_draft": self.bulletin_draft.pk,
            "erratum": self.erratum.pk,
        }


def run(sql, undo=False):
    """Run the SQL and return how many rows it changed; undo it when it fails, or when asked to."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        if undo:
            transaction.set_rollback(True)
        return cursor.rowcount


def without_guards():
    """Drop the guards until the test's transaction is rolled back."""
    connection.check_constraints()  # nor drops it a trigger
    triggers.remove(connection)


@contextmanager
def unguarded(guard):
    """Let the block write what one guard would refuse, in a test's own transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"guard_{guard}"])
        (made,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER guard_{guard}")
        yield
        cursor.execute(made)
