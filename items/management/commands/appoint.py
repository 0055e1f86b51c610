"""Appoint somebody to a post, before and after publication."""

from datetime import date

from django.utils.translation import gettext as _

from items import actions
from items.actions.names import named_person, named_post
from items.actions.validation import need
from items.errors import Refused
from items.management.acting import ActingCommand, committee_of, person_of
from items.models import ItemList, Post
from items.rules import why_not
from items.states import ListStatus


class Command(ActingCommand):
    help = (
        "Appoint a person to a post; the post is made when the committee has none of that name."
        " Example: manage.py appoint 设备副厂长 --committee ironmaking --name 王强 --leader"
        " --by office"
    )

    def add_arguments(self, parser):
        parser.add_argument("post", help="the post's name")
        parser.add_argument("--committee", required=True, help="the committee's slug")
        person = parser.add_mutually_exclusive_group(required=True)
        person.add_argument("--person", help="an account's login name")
        person.add_argument("--name", help="the name of somebody without an account: made new")
        parser.add_argument("--leader", action="store_true", help="a new post is a leader's post")
        parser.add_argument(
            "--reviews", action="store_true", help="it reviews what workers doubt: named for it"
        )
        parser.add_argument("--since", type=date.fromisoformat, help="YYYY-MM-DD; else today")
        parser.add_argument("--reason", default="", help="why, for the ledger")
        super().add_arguments(parser)

    def handle(
        self, *, post, committee, person, name, leader, reviews, since, reason, by, yes, **options
    ):
        committee = committee_of(committee)
        by = self.acting_person(by, committee)
        # Asked first: a refused appointment leaves no new post and nobody's name behind.
        if refusal := why_not("appoint", by, Post(committee=committee, name=post)):
            raise Refused(refusal)
        runs = ItemList.objects.filter(committee=committee, status=ListStatus.PUBLISHED).exists()
        if runs and leader:  # the list's ledger tells of it: without a reason no post is made
            need(reason, _("Write why there is another leader’s post, with --reason."))
        post = named_post(committee, post, is_leader=leader and not runs)
        if runs and leader and not post.is_leader:
            actions.mark_leader(post, True, by=by, reason=reason, yes=yes)
        holder = person_of(person) if person else named_person(name)
        entries = actions.appoint(post, holder, by=by, since=since, reason=reason, yes=yes)
        if reviews and post.pk not in committee.review_posts:
            first = committee.review_post
            named = (first, post) if first else (post, None)
            actions.name_review_posts(committee, *named, by=by, yes=yes)
        sentence = _("%(person)s holds “%(post)s”. %(count)s items have an entry of it.")
        self.stdout.write(sentence % {"person": holder, "post": post, "count": len(entries)})
