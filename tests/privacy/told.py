"""A committee to which everything has happened: the rows in which a secret could stand."""

from io import BytesIO

from items import actions, models
from items.actions import kept_upload
from items.actions.kept_upload import Keeper
from items.exports import ledger
from items.models.review import MORE
from items.photos import picture
from items.words import Words
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, at, days
from tests.photos import corpus
from tests.privacy.tokens import PRIVATE
from welfare.printing.bulletin import print_due

GONE = f"{PRIVATE}erased"  # words that were written and then erased
SLUG, EARLIER, DRAFT = "plant-2026", "plant-2025", "plant-2027"
MUCH, SIGNED_BEFORE, ERASED, HELD, WITHDRAWN, RESOLVED, STARTED, UNPUBLISHED = range(1, 9)
CARRIED = 30  # the item that goes on with the earlier list's


class Told:
    """Three lists, of which the last is a draft; the one of this year has an item in each state."""

    def __init__(self):
        above = factories.Committee(slug="company")
        hidden = factories.Committee(slug="plant-0010", parent=above)  # it has published nothing
        self.committee = factories.Committee(parent=above, slug="plant-2020")
        for committee, slug in ((hidden, "plant-0000"), (self.committee, "plant-2026")):
            committee.slug = slug
            committee.save()
        self._people()
        self._posts()
        self.next = factories.ItemList(committee=self.committee, slug=DRAFT, year=2027)
        self._earlier()
        self._this_year()
        self._bring_in(self.item(2, self.next), status="in_progress", progress="下一年的话")
        self._suggestions()
        self._kept_uploads()
        self._searches()
        self._visits()
        self._case()
        self._verdicts()
        self._assessments()
        self._bulletins()
        self._look_back()
        self._rename()

    def _people(self):
        for kind in ("office", "auditor", "administrator"):
            factories.Role(committee=self.committee, kind=kind)
        self.unit = factories.Unit(committee=self.committee)
        self.unit.helpers.add(factories.Person())

    def _posts(self):
        self.owner = factories.Post(committee=self.committee, is_leader=True)
        self.supervisor = factories.Post(committee=self.committee)
        factories.Post(committee=self.committee)
        # Under the keys at which test_access.py looks for them
        self.place = factories.Place(committee=self.committee, pk=7001)
        self.theme = factories.Theme(committee=self.committee, pk=7002)
        self.hidden_place = factories.Place(committee=self.committee, pk=7011)
        self.hidden_theme = factories.Theme(committee=self.committee, pk=7012)
        self.category = factories.Category(committee=self.committee)

    def item(self, number, item_list):
        """Return a draft item with something under every heading."""
        item = factories.Item(
            list=item_list,
            number=number,
            owner_post=self.owner,
            supervisor_post=self.supervisor,
            place=self.hidden_place if number == UNPUBLISHED else self.place,
            theme=self.hidden_theme if number == UNPUBLISHED else self.theme,
            category=self.category,
        )
        item.handlers.add(factories.Person())
        item.unit_shares.create(unit=self.unit, role="lead")
        item.parts.create(title="一区", done_on=PUBLISHED_ON)
        item.criteria.create(text="每把椅子都能坐")
        return item

    def _earlier(self):
        year = {"slug": EARLIER, "year": 2025}
        earlier = factories.ItemList(committee=self.committee, **year)
        self.item(1, earlier)
        self.earlier = factories.publish(earlier)

    def _change_of_year(self, this):
        """Close the earlier list, whose item goes on in this one; let one of this one go on."""
        by, now = factories.office(self.committee), at(PUBLISHED_ON)
        due = {"due": TODAY + days(90)}
        earlier = models.ItemList.objects.get(pk=self.earlier.pk)
        actions.carry_over(earlier, into=this, chosen={1: due}, by=by, now=now)
        this.items.filter(number=UNPUBLISHED).update(number=CARRIED)
        actions.change_year(earlier, into=this, by=by, now=now)
        actions.carry_over(this, into=self.next, chosen={STARTED: due}, by=by, now=now)

    def _this_year(self):
        this = factories.ItemList(committee=self.committee, slug=SLUG)
        items = [self.item(number, this) for number in range(MUCH, UNPUBLISHED)]
        self._bring_in(items[0], status="in_progress", progress="已进场")
        signed = {"done_on": PUBLISHED_ON, "signed_off_on": PUBLISHED_ON, "signed_off_by": "李四"}
        self._bring_in(items[1], status="resolved", **signed)
        self._counted(items[STARTED - 1])
        items[STARTED - 1].hardship = True
        items[STARTED - 1].save()
        by = factories.office(self.committee)
        actions.publish_plan(this, by=by, plan="走访", plan_en="Visits")
        this.refresh_from_db()
        self._was_up(this)
        self._change_of_year(this)
        again = models.ItemList.objects.get(slug=SLUG)
        said = {"plan": "再走访", "plan_en": "More visits", "reason": "补充"}
        actions.publish_plan(again, by=by, now=at(TODAY), **said)
        self.item(UNPUBLISHED, this)
        factories.start(self.of(STARTED), now=at(TODAY))
        # The last of them changes who supervises.
        for play in (self._erased, self._held, self._withdrawn, self._resolved, self._much):
            play()

    def _was_up(self, item_list):
        """Put a draft up for objections, and take it down again."""
        by, day = factories.office(self.committee), PUBLISHED_ON - days(30)
        actions.put_up_list(item_list, by=by, now=at(day))
        said = {"by": by, "reason": "措施要补"}
        actions.take_down_list(item_list, now=at(day + days(1)), **said)

    def _counted(self, item):
        item.parts.create(title="二区", due_words="年底前")
        item.target_count, item.done_count, item.count_unit = 10, 1, "间"
        item.save()

    def _bring_in(self, item, **state):
        by = factories.office(self.committee)
        actions.bring_in(item, by=by, now=at(PUBLISHED_ON), file="清单.xlsx", row=7, **state)

    def publish_next(self):
        """Publish the draft list without what goes on with the list that still runs."""
        self.next.items.exclude(carried_from=None).delete()
        factories.publish(models.ItemList.objects.get(slug=DRAFT))

    def of(self, number):
        return models.Item.objects.get(list__slug=SLUG, number=number)

    def acts(self, number, *acts):
        """Do the acts of a number one after another: an action, whose it is, and what is said."""
        for day, (act, who, said) in enumerate(acts, start=1):
            item = self.of(number)
            by = getattr(factories, f"{who}_of")(item)
            getattr(actions, act)(item, by=by, now=at(PUBLISHED_ON + days(day)), **said)

    def _much(self):
        done, due = {"done_on": PUBLISHED_ON + days(6)}, TODAY + days(90)
        decision = factories.decision(at(PUBLISHED_ON))
        agreed = {"agreed": True, "reason": "属实", "decision": decision}
        handler = {"field": "handlers", "value": [factories.Person()], "reason": "换人"}
        along = [corpus.full_of_notes(), factories.picture()]
        words = {"field": "measures", "value": [Words("更换坐椅")], "reason": "错字"}
        answers = {"answers": ["都坐过"]}
        stuck = {"text": "再修", "blocked": "等配件", "unblocker": "厂家", "inside": True}
        self.acts(
            MUCH,
            ("correct_item", "office", handler),
            ("correct_item", "office", words),
            ("ask_extension", "owner", {"reason": "供货晚", "new_due": due}),
            ("decide_extension", "office", agreed),
            ("log_visit", "supervisor", {"seen": "在装", "how": "on_site"}),
            ("claim_item", "owner", {"note": "换完", "photos": along, **done, **answers}),
            ("sign_off_item", "supervisor", {"found": "看过", "how": "phone", **done, **answers}),
            ("reopen_item", "supervisor", {"reason": "又坏了", "put_right_by": due}),
            ("report_progress", "owner", stuck),
        )
        self._photos()
        self._deliveries()
        self._occasions()
        self._report_by_a_handler()
        self._part()
        by, moment = factories.office(self.committee), at(TODAY)
        new = factories.Person()
        actions.appoint(self.supervisor, new, by=by, since=TODAY, reason="调动", now=moment)
        self.enter_for_owner()
        self.finish(self.set_task())
        self.set_task()
        self.urge()
        self.report_by_link()

    def _photos(self):
        """Add a pair of which one half is public, one during the work, one that was hidden."""
        item, now = self.of(MUCH), at(PUBLISHED_ON + days(12))
        file, who = corpus.full_of_notes(), {"by": factories.owner_of(item)}
        pair = {"spot_title": "东墙", "file": file, "now": now, **who}
        came_along = models.Photo.objects.filter(entry__about__verb="claim").first()
        actions.release_photo(came_along, by=factories.office(self.committee), now=now)
        factories.public_photo(item, side="before", words_en="Sagged", **pair)
        factories.photo(item, side="after", **pair)
        factories.photo(item, side="before", **pair | {"spot_title": "没放行的地方"})
        factories.public_photo(item, file=file, now=now, **who)
        hidden = factories.public_photo(item, file=file, now=now, **who)
        said = {"by": factories.office(self.committee), "reason": "人脸", "now": now}
        actions.hide_photo(hidden, **said)

    def _deliveries(self):
        """Hand things out twice, of which the second was a mistake."""
        item, now = self.of(MUCH), at(PUBLISHED_ON + days(12))
        to = {"unit": self.unit, "place": self.place, "received_by": "领用人"}
        factories.delivery(item, now=now, **to)
        wrong = factories.delivery(self.of(MUCH), now=now, **to)
        wrong.item = self.of(MUCH)
        by = factories.office(self.committee)
        actions.take_back(wrong, by=by, reason="多记了", now=now)

    def _suggestions(self):
        """Let suggestions come in: one shown to everyone, one that waits, one in moderation."""
        by, clean = factories.office(self.committee), picture.read(corpus.full_of_notes())
        self.call = factories.call(self.committee, pk=7003)
        ended = factories.call(self.committee, purpose_en="Say it", issuer_en="The office")
        actions.end_call(ended, by=by, reason="另发了一份", now=at(TODAY))
        drawn_up = {"title": "还没发的", "purpose": "还没发的", "issuer": "办公室"}
        drawn_up |= {"opens_on": TODAY, "closes_on": TODAY, "answer_by": TODAY}
        actions.write_call(self.committee, by=by, pk=7013, **drawn_up)
        said = {"name": "张三", "contact": "分机 301", "location": "东头"}
        said |= {"pictures": [clean], "category": self.category}
        shown, asked, _hidden = [
            factories.suggestion(self.committee, TODAY - days(1), moderated=moderated, **said)
            for moderated in (False, False, True)
        ]
        actions.see_contact(shown, by=by, why="约时间")
        actions.adopt(shown, by=by, items=[self.of(STARTED)], text="列入清单")
        actions.show_answer(shown, by=by, words="装空调", answer="已列入清单")
        actions.mention_suggestion(shown, browser="bits", today=TODAY - days(1))
        actions.ask_back(asked, by=by, text="哪一间？")
        done = factories.suggestion(self.committee, TODAY - days(40), words=PRIVATE)
        factories.settled(done, by=by, text=PRIVATE)
        actions.reopen_suggestion(done, words=PRIVATE, today=TODAY)
        declined = factories.suggestion(self.committee, TODAY - days(1), words=PRIVATE)
        actions.decline(declined, reason="not_ours", by=by, text=PRIVATE)
        actions.appeal(declined, words=PRIVATE, today=TODAY - days(1))

    def _kept_uploads(self):
        """Let a form come back with a photo."""
        keeper = Keeper(person=self.owner.holder(TODAY))
        clean = picture.read(corpus.full_of_notes())
        kept_upload.keep([(keeper.key_of(b""), clean)], keeper, now=at(TODAY))

    def _searches(self):
        """Let the office say what means the same, and somebody look for what no list says."""
        by = factories.office(self.committee)
        actions.set_synonyms(self.committee, by=by, lines="铁水罐 鱼雷罐")
        actions.set_ready_answers(self.committee, by=by, answers=[("不归本厂", PRIVATE)])
        models.SoughtWords.objects.create(committee=self.committee, words="停车费", times=2)
        models.SheetHeading.objects.create(committee=self.committee, heading="落实", column="title")
        self._export()
        models.SheetLayout.objects.create(list=self.next, title="台账", columns=[["title", "事"]])
        said = {"name": "逾期的", "query": "late=overdue", "shared": True}
        actions.save_view(self.next, by=by, **said)
        models.CalendarDay.objects.create(day=TODAY, kind="day_off", name="厂休")

    def _export(self):
        """Let the office take its ledger out, with what stays inside."""
        this = models.ItemList.objects.get(slug=SLUG)
        wanted = ledger.Wanted(this.items.published().order_by("number"), inside=True)
        by = factories.office(self.committee)
        told = {"by": by, "now": at(TODAY)}
        ledger.write_numbered(ledger.write_separated, BytesIO(), this, wanted, TODAY, **told)

    def _occasions(self):
        """Set three dates: one is held, one called off, one waits."""
        now, place = at(PUBLISHED_ON + days(12)), {"place": self.place}
        by = {"by": self.owner.holder(TODAY), "now": now}
        for act, said in [("hold", {"text": "送到了"}), ("call_off", {"reason": "下雨"})]:
            occasion = factories.occasion(self.of(MUCH), now=now, **place)
            getattr(actions, f"{act}_occasion")(occasion, **by, **said)
        factories.occasion(self.of(MUCH), now=now, **place)

    def _visits(self):
        """Let a leader visit twice, of which the second was written down wrongly."""
        by = factories.office(self.committee)
        said = {"place": self.place, "now": at(TODAY)}
        factories.site_visit(self.owner, matters=["加热饭柜"], **said)
        wrong = factories.site_visit(self.owner, heard="记错的", **said)
        actions.withdraw_visit(wrong, by=by, reason="日期错了", now=at(TODAY))

    def _rename(self):
        """Let the earlier list, which is closed, show a category by its former name."""
        by, name = factories.office(self.committee), Words("后勤", "Logistics")
        given = {"committee": self.committee, "reason": "归并类别", "by": by, "now": at(TODAY)}
        actions.rename(self.category, name, **given)

    def _look_back(self):
        """Let a lot and the office ask for looks back at what is resolved, and one come."""
        factories.look_back_asked(self.of(RESOLVED))
        look = factories.look_back_asked(self.of(RESOLVED))
        factories.draw(self.committee)
        factories.look_back(self.of(RESOLVED), by=look.post.holder(TODAY))

    def _verdicts(self):
        """Let workers answer about what is resolved: one is counted, one isn't yet."""
        item = self.of(RESOLVED)
        said = {"grade": "not_done", "from_wall": True}
        factories.verdict(item, now=at(PUBLISHED_ON + days(4)), **said)
        later = {"now": at(PUBLISHED_ON + days(5)), "browser": "another phone"}
        actions.give_verdict(item, **said, **later)
        self._reviews(item)

        actions.tell_coaching(item, words=PRIVATE, key=7, today=TODAY)

    def _reviews(self, item):
        """Let what workers said open reviews: two are answered, and another one waits."""
        of = {"committee": self.committee}
        actions.name_review_posts(
            self.committee, factories.Post(**of), by=factories.office(self.committee)
        )
        for cause, after in (("not_done", 5), ("rise", 7), ("again", 9)):
            on = PUBLISHED_ON + days(after)
            if cause == "rise":
                factories.hear(item, *[on] * MORE, words=PRIVATE)
            else:
                factories.doubt(item, on, cause, words=PRIVATE)
            actions.open_reviews(on + days(1))
            if cause != "again":
                said = {"outcome": "unfounded", "found": "都坐过", "companion": "职工代表"}
                by = factories.reviewer_of(item)
                actions.review_item(self.of(RESOLVED), by=by, now=at(on + days(1)), **said)

    def _assessments(self):
        """Let a body judge what is resolved: one is issued, with an erratum, and one is a draft."""
        item, by = self.of(RESOLVED), factories.office(self.committee)
        rows = {RESOLVED: {"satisfied": 3, "basically": 0, "unsatisfied": 0, "present": 3}}
        said = {"scrutineers": "监票的人", "tellers": "计票的人", "now": at(TODAY)}
        issued = factories.assessment(item.list, rows, **said)
        actions.issue_assessment(issued, by=factories.colleague_of(item), now=at(TODAY))
        actions.add_erratum(issued, by=by, text="日期写错", now=at(TODAY))
        factories.assessment(item.list, rows, **said)

    def _bulletins(self):
        """Issue a bulletin and a report of the year with an erratum, and leave one as a draft."""
        item = self.of(RESOLVED)
        words = {"foreword": "前言的话", "closing": "结语的话", "now": at(TODAY)}
        words |= {"foreword_en": "Words before", "closing_en": "Words after"}
        first = factories.issued_bulletin(item.list, **words)
        draft = factories.bulletin(item.list, kind="year", now=at(TODAY))
        by = factories.office(self.committee)
        said = {"of": first, "section": "due", "text": "通报写错", "now": at(TODAY)}
        actions.correct_bulletin(draft, by=by, **said)
        factories.issue_bulletin(draft, now=at(TODAY))
        print_due()
        factories.bulletin(item.list, **words)

    def _case(self):
        """Put two documents into a family's file, look into it, and take one out again."""
        item, by = self.of(STARTED), factories.office(self.committee)
        file = self.add_case_file()
        actions.read_case(item, by=by)
        actions.open_case_file(file, by=by)
        wrong = factories.case_file(item, file=b"%PDF-" + GONE.encode(), name=GONE)
        actions.remove_case_file(wrong, by=by, reason="传错了", now=at(TODAY))

    def add_case_file(self, name="张三家的申请书"):
        content = f"%PDF- {PRIVATE} {name}".encode()
        return factories.case_file(self.of(STARTED), file=content, name=name)

    def _part(self):
        """Add a part, which its entry names in both languages."""
        by = factories.office(self.committee)
        said = {"title": "三区", "title_en": "Area three", "unit": self.unit, "reason": "职工提出"}
        actions.add_part(self.of(MUCH), by=by, now=at(TODAY), **said)

    def _report_by_a_handler(self):
        item = self.of(MUCH)
        handler, now = item.handlers.get(), at(PUBLISHED_ON + days(12))
        stuck = {"blocked": "还在等配件", "unblocker": "物资采购部"}
        said = {"text": "承办人写的", "measures": list(item.measures.all())} | stuck
        actions.report_progress(item, by=handler, now=now, **said)

    def enter_for_owner(self, number=MUCH):
        """Let the office enter what nobody has released yet."""
        by = factories.office(self.committee)
        said = {"text": "代填的话", "percent": 77}
        return actions.enter_for_owner(self.of(number), by=by, now=at(TODAY), **said)

    def set_task(self, number=MUCH):
        """Let the office set a task that a meeting decided."""
        by, said = factories.office(self.committee), {"text": "会上定的", "who": "owner"}
        item, by_when = self.of(number), TODAY + days(9)
        return actions.set_task(item, by=by, by_when=by_when, now=at(TODAY), **said)

    def urge(self, number=MUCH):
        """Let the office urge the owner, within the house."""
        by, said = factories.office(self.committee), {"text": "催办的话", "who": "owner"}
        item, by_when = self.of(number), TODAY + days(9)
        return actions.urge_item(item, by=by, by_when=by_when, now=at(TODAY), **said)

    def make_link(self, number=MUCH):
        """Let the office make a reporting link for a handler."""
        asked = self.urge(number)
        asked.item = self.of(number)
        handler = asked.item.handlers.first()
        by = {"by": factories.office(self.committee), "now": at(TODAY)}
        return actions.make_link(asked, handler=handler, **by)[0]

    def report_by_link(self):
        """Let a handler report by a link, which nobody has published; another is taken back."""
        by = {"by": factories.office(self.committee), "now": at(TODAY)}
        actions.refuse_entry(self.of(MUCH), reason="等经办人报", **by)
        actions.revoke_link(self.make_link(), reason="发错的群", **by)
        actions.report_by_link(self.make_link(), text="用链接报的话", now=at(TODAY))

    def finish(self, task):
        by = factories.office(self.committee)
        return actions.finish_task(task, by=by, text="会后办完", now=at(TODAY))

    def _erased(self):
        self.acts(ERASED, ("report_progress", "owner", {"text": GONE}))
        self.erase(models.Entry.objects.get(item=self.of(ERASED), verb="report_progress"))

    def erase(self, entry):
        by = factories.office(self.committee)
        actions.erase_words(entry, by=by, reason="写到了别人", now=at(TODAY))

    def _held(self):
        factories.hold(self.of(HELD), now=at(PUBLISHED_ON + days(1)))

    def _withdrawn(self):
        factories.withdraw(self.of(WITHDRAWN), now=at(PUBLISHED_ON + days(1)))

    def _resolved(self):
        for day, act in enumerate((factories.start, factories.claim, factories.sign_off), start=1):
            act(self.of(RESOLVED), now=at(PUBLISHED_ON + days(day)))
