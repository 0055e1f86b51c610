"""Rows to test with. What an act leads to is made by the acts themselves."""

import secrets
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from items import actions, models
from items.exports.article import compose
from items.photos.picture import Picture
from items.photos.picture import read as read_picture
from items.photos.uploads import CleanUpload
from items.privacy.receipt_codes import code_for
from items.states import Status
from items.words import Words

APPOINTED_ON = date(2026, 1, 5)
PUBLISHED_ON = date(2026, 3, 2)
TODAY = date(2026, 6, 1)
DUE = date(2026, 6, 30)


def at(day: date, clock: time = time(9)) -> datetime:
    """Return a time of `day` in the plant's zone."""
    return timezone.make_aware(datetime.combine(day, clock))


def days(count: int) -> timedelta:
    return timedelta(days=count)


NOW = at(TODAY)


def called(pattern):
    """Return a name with a number of four digits at most: longer ones look like telephones."""
    return factory.Sequence(lambda n: pattern.format(n % 10_000))


class Organisation(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name = called("示范企业{}")


class Committee(DjangoModelFactory):
    class Meta:
        model = models.Committee

    organisation = factory.SubFactory(Organisation)
    slug = factory.Sequence("committee-{}".format)
    name = called("党委{}")
    announces_withdrawals = announces_reductions = False  # what isn't about them acts at once


class Person(DjangoModelFactory):
    class Meta:
        model = models.Person

    username = factory.Sequence("person{}".format)
    name = called("职工{}")


class Role(DjangoModelFactory):
    class Meta:
        model = models.Role

    committee = factory.SubFactory(Committee)
    person = factory.SubFactory(Person)
    kind = "office"


class VacantPost(DjangoModelFactory):
    class Meta:
        model = models.Post
        skip_postgeneration_save = True

    committee = factory.SubFactory(Committee)
    name = called("岗位{}")


class Post(VacantPost):
    """A post with somebody who has held it since APPOINTED_ON."""

    @factory.post_generation
    def holder(post, create, person, **kwargs):
        post.holdings.create(person=person or Person(), since=APPOINTED_ON)


class Unit(DjangoModelFactory):
    class Meta:
        model = models.Unit

    committee = factory.SubFactory(Committee)
    name = called("车间{}")


class Place(Unit):
    class Meta:
        model = models.Place


class Theme(Unit):
    class Meta:
        model = models.Theme


class Category(Unit):
    class Meta:
        model = models.Category


class ItemList(DjangoModelFactory):
    """A draft list of a committee that has an office, and has named a post for reviews."""

    class Meta:
        model = models.ItemList
        skip_postgeneration_save = True

    committee = factory.SubFactory(Committee)
    slug = factory.Sequence("list-{}".format)
    name = called("实事清单{}")
    year = 2026

    @factory.post_generation
    def reviewed(item_list, create, named, **kwargs):
        committee = item_list.committee
        if committee.review_post_id is None:
            committee.review_post = Post(committee=committee)
            rows = models.Committee.objects.filter(pk=committee.pk)
            rows.update(review_post=committee.review_post)


class Item(DjangoModelFactory):
    """A draft item that lacks nothing for publication."""

    class Meta:
        model = models.Item
        skip_postgeneration_save = True

    list = factory.SubFactory(ItemList)
    number = factory.LazyAttribute(lambda item: item.list.items.next_number())
    title = called("改善休息室{}")
    owner_post = factory.SubFactory(
        Post, committee=factory.SelfAttribute("..list.committee"), is_leader=True
    )
    supervisor_post = factory.SubFactory(Post, committee=factory.SelfAttribute("..list.committee"))
    due = DUE

    @factory.post_generation
    def measures(item, create, texts, **kwargs):
        for text in ["更换座椅"] if texts is None else texts:
            item.measures.create(text=text)


def another(item: models.Item, **columns) -> models.Item:
    """Return another draft item of the same list, with the same posts."""
    same = {name: getattr(item, name) for name in ("list", "owner_post", "supervisor_post")}
    return Item(**(same | columns))


# Who


def office(committee: models.Committee) -> models.Person:
    """Return the committee's first person of the office, made if there is none."""
    role = committee.roles.filter(kind="office").order_by("pk").first()
    return (role or Role(committee=committee)).person


def office_of(item: models.Item) -> models.Person:
    return office(item.list.committee)


def colleague_of(item: models.Item) -> models.Person:
    """Return another person of the office than `office_of`."""
    first = office_of(item)
    role = item.list.committee.roles.filter(kind="office").exclude(person=first).first()
    return (role or Role(committee=item.list.committee)).person


def owner_of(item: models.Item) -> models.Person:
    return item.owner_post.holder(TODAY)


def supervisor_of(item: models.Item) -> models.Person:
    return item.supervisor_post.holder(TODAY)


# What they do


def publish(item_list: models.ItemList, on: date = PUBLISHED_ON, **yes) -> models.ItemList:
    actions.publish_list(item_list, by=office(item_list.committee), now=at(on), **yes)
    return item_list


def published_item(**columns) -> models.Item:
    """Return an item, not started, of a list that was published on PUBLISHED_ON."""
    item = Item(**columns)
    publish(item.list)
    return models.Item.objects.get(pk=item.pk)


def item_at(status: str, **columns) -> models.Item:
    """Return a published item that acts have brought to `status`, on days after publication."""
    item = published_item(**columns)
    for day, act in enumerate(ROADS[status], start=1):
        act(item, now=at(PUBLISHED_ON + days(day)))
    return models.Item.objects.get(pk=item.pk)


def start(item, now):
    return actions.start_item(item, by=owner_of(item), now=now)


def claim(item, now, **said):
    done = {"note": "座椅已换新", "evidence": "验收单", "done_on": now.date()}
    said = {"answers": ["都看得到"] * item.criteria.count()} | done | said
    return actions.claim_item(item, by=owner_of(item), now=now, **said)


def sign_off(item, now, **said):
    seen = {"found": "逐一看过", "how": "on_site", "done_on": item.done_on}
    said = {"answers": ["到现场看过"] * item.criteria.count()} | seen | said
    return actions.sign_off_item(item, by=supervisor_of(item), now=now, **said)


def decision(now=NOW, **said) -> actions.Decision:
    """Return a decision of the Party committee on that day."""
    said = {"body": "党委会", "on": now.date(), "minutes": "纪要〔2026〕9号"} | said
    return actions.Decision(**said)


def hold(item, now):
    said = {"reason": "等待供货", "review_on": now.date() + days(30), "decision": decision(now)}
    return actions.put_on_hold(item, by=office_of(item), now=now, **said)


def withdraw(item, now):
    said = {"reason": "车间搬迁", "decision": decision(now)}
    return actions.withdraw_item(item, by=office_of(item), now=now, **said)


ROADS = {
    Status.NOT_STARTED: [],
    Status.IN_PROGRESS: [start],
    Status.PENDING_CHECK: [start, claim],
    Status.RESOLVED: [start, claim, sign_off],
    Status.ON_HOLD: [start, hold],
    Status.WITHDRAWN: [withdraw],
}


def draft(**columns) -> actions.Draft:
    """Return what `add_item` and `write_draft` take, lacking nothing but the posts."""
    fields = {"title": "新增洗衣机", "due": DUE} | columns
    return actions.Draft(fields=fields, measures=[Words("采购两台")])


def delivery(item: models.Item, now=NOW, **said) -> models.Delivery:
    """Return what the owner handed out."""
    said = {"what": "冰箱", "count": 3, "team": "甲班", "received_by": "罗班长"} | said
    return actions.deliver(item, by=owner_of(item), now=now, **said).delivery


def occasion(item: models.Item, now=NOW, **said) -> models.Occasion:
    """Return a date that the owner set."""
    said = {"what": "高温送清凉", "on": TODAY + days(3)} | said
    return actions.plan_occasion(item, by=owner_of(item), now=now, **said).occasion


# Photos


@cache
def picture(colour="red") -> bytes:
    """Return a small JPEG as somebody may send it."""
    file = BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return file.getvalue()


def assessment(item_list: models.ItemList, rows: dict, **said) -> models.Assessment:
    """Return an assessment that the office has drawn up; `rows` are figures by number."""
    said = {"body": "职工代表大会", "held_on": TODAY, "put_right_days": 30, "now": NOW} | said
    said = {"majority": "half", "basis": "present", "by": office(item_list.committee)} | said
    return actions.write_assessment(item_list, rows=rows, **said)


def bulletin(item_list: models.ItemList, now=NOW, **said) -> models.Bulletin:
    """Return a bulletin's draft that the office prepared, and that was approved on paper."""
    committee = item_list.committee
    post = committee.posts.order_by("pk").first()
    said = {"signed_post": post, "signed_name": "林卫东", "signed_on": now.date()} | said
    return actions.write_bulletin(item_list, now=now, **{"by": office(committee)} | said)


def issue_bulletin(bulletin: models.Bulletin, by=None, now=NOW, **said) -> models.Entry:
    """Issue a bulletin's draft as it stands, by another person of the office."""
    row = models.Bulletin.objects.select_related("list__committee").get(pk=bulletin.pk)
    by = by or colleague_of(row.list.items.first())
    said = {"seen": compose(row, now.date()).seen, "compose": compose} | said
    return actions.issue_bulletin(row, by=by, now=now, **said)


def issued_bulletin(item_list: models.ItemList, now=NOW, **said) -> models.Bulletin:
    """Return a bulletin that is issued."""
    row = bulletin(item_list, now=now, **said)
    issue_bulletin(row, now=now)
    return models.Bulletin.objects.get(pk=row.pk)


def photo(item: models.Item, now=NOW, file=None, **said) -> models.Photo:
    """Return a photo that the owner added and nobody has released yet."""
    said = {
        "words": "座椅靠背已塌",
        "file": picture() if file is None else file,
        "by": owner_of(item),
    } | said
    return actions.add_photo(item, now=now, **said).photo


def public_photo(item: models.Item, now=NOW, **said) -> models.Photo:
    """Return a photo that the office has released."""
    added = photo(item, now=now, **said)
    actions.release_photo(added, by=office_of(item), now=now)
    return models.Photo.objects.get(pk=added.pk)


def vacate(post: models.Post, on: date = TODAY) -> None:
    """Let whoever holds the post leave it on a day, openly."""
    actions.appoint(post, None, by=office(post.committee), since=on, now=at(on))


# Care: leaders' visits, and the files of hardship items


def site_visit(post: models.Post, now=NOW, **said) -> models.SiteVisit:
    """Return a visit that the leader who went has written down."""
    said = {"went_on": TODAY, "location": "三号炉前", "heard": "夜班没有热饭"} | said
    return actions.log_site_visit(post, by=post.holder(TODAY), now=now, **said)


def case_file(item: models.Item, now=NOW, **said) -> models.HardshipFile:
    """Return a document that the office has put into the file of a hardship item."""
    said = {"file": b"%PDF-1.7 ...", "name": "申请书", "by": office_of(item)} | said
    return actions.add_case_file(item, now=now, **said)


# What workers suggest


def call(committee: models.Committee, **columns) -> models.Call:
    """Return a call for suggestions that is open on TODAY."""
    said = {"title": "征求意见", "purpose": "请说说心里话", "issuer": "活动办公室"}
    said |= {"opens_on": TODAY - days(10), "closes_on": TODAY + days(10)}
    said |= {"answer_by": TODAY + days(30)} | columns
    by = office(committee)
    drawn_up = actions.write_call(committee, by=by, **said)
    return actions.issue_call(drawn_up, by=by, now=at(said["opens_on"]))


def suggestion(committee: models.Committee, today=TODAY, **said) -> models.Suggestion:
    """Return what a worker has sent; `code` is the code it can be read with."""
    said = {"words": "休息室没有空调", "code": code_for(secrets.token_hex())} | said
    sent = actions.suggest(committee, today=today, **said)
    sent.code = said["code"]
    return sent


@cache
def clean_picture() -> Picture:
    """Return what the photo pipeline makes of a small JPEG."""
    return read_picture(picture())


def settled(suggestion: models.Suggestion, *, by: models.Person, text: str, now=None):
    """Say that it was done at once, with a photo of it; return the step."""
    photos = [CleanUpload(0, clean_picture())]
    return actions.settle(suggestion, by=by, text=text, photos=photos, now=now)


def supervising(committee: models.Committee) -> models.Person:
    """Return somebody who supervises a published item of the committee."""
    return supervisor_of(published_item(list__committee=committee))


def verdict(item: models.Item, now=NOW, **said) -> None:
    """Let a worker say whether an item is done, and count it on the next day."""
    actions.give_verdict(item, **{"grade": "good", "browser": "a phone", "now": now} | said)
    actions.count_verdicts(now.date() + days(1))


def doubt(item: models.Item, on: date, grade="not_done", **said) -> models.Suggestion:
    """Return what a worker wrote about an item on a day, beside an answer."""
    return suggestion(item.list.committee, today=on, about=item, grade=grade, **said)


def hear(item: models.Item, *on: date, **said) -> None:
    """Let workers suggest something on an item's place and category, once on each of the days."""
    for day in on:
        row = suggestion(item.list.committee, day, **said)
        if not row.in_moderation:
            about = {"place": item.place, "category": item.category}
            actions.sort(row, by=office_of(item), now=at(day), **about)


def review(item: models.Item) -> models.Review:
    """Let what a worker writes open a review of an item that is said to be done."""
    on = item.claimed_on or PUBLISHED_ON
    doubt(item, on)
    actions.open_reviews(on + days(1))
    return item.reviews.open().get()


def reviewed_item(status="resolved", **columns) -> models.Item:
    """Return an item with an open review, of the committee's post for reviews."""
    item = item_at(status, **columns)
    review(item)
    return models.Item.objects.get(pk=item.pk)


def reviewer_of(item: models.Item) -> models.Person:
    """Return whose the item's open review is; without one, whom the committee names for reviews."""
    row = item.reviews.open().first()
    return (row.post if row else item.list.committee.review_post).holder(TODAY)


# Looking back


def look_back_asked(item: models.Item, now=NOW, **said) -> models.LookBack:
    """Return the look that the office asks of a post that has nothing to do with the item."""
    post = said.pop("post", None) or Post(committee=item.list.committee)
    said = {"by_when": now.date() + days(30), "numbers": [item.number]} | said
    row = models.ItemList.objects.get(pk=item.list_id)
    actions.open_look_back(row, post=post, by=office_of(item), now=now, **said)
    return models.LookBack.objects.filter(item=item).latest("pk")


def looker_of(item: models.Item) -> models.Person:
    """Return whoever was asked last to look back at an item, else whom anybody could ask."""
    looks = models.LookBack.objects.filter(item=item, post__isnull=False)
    look = looks.order_by("pk").last()
    return (look.post if look else Post(committee=item.list.committee)).holder(TODAY)


def look_back(item: models.Item, now=NOW, **said) -> models.Entry:
    """Let whoever was asked last look back at an item and find it still good."""
    said = {"by": looker_of(item), "kept": "holds", "found": "椅子都好"} | said
    return actions.look_back(item, **{"how": "on_site", "now": now} | said)


def draw(committee: models.Committee, on: date = date(2026, 4, 1)) -> models.LookBackDraw:
    """Return what the lot draws of a committee's sign-offs on the first day after a quarter."""
    actions.draw_look_backs(on)
    return models.LookBackDraw.objects.get(committee=committee, quarter=date(2026, 1, 1))
