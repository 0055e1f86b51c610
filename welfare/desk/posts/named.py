"""The posts that a committee names, for releases and for reviews: chosen at the desk."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from items import actions, rules
from items.errors import Conflict, Refused
from items.states import NAMED_POSTS
from welfare.desk import rights
from welfare.desk.office_contact.views import get_committee
from welfare.desk.posts.forms import VACANT, ReleasingPostForm, ReviewPostsForm
from welfare.http.form_recovery import recovers


@recovers(ReleasingPostForm)
def name_releasing_post(request, slug):
    return name_posts(
        request, slug, "name_releasing_post", ReleasingPostForm, actions.name_releasing_post
    )


@recovers(ReviewPostsForm)
def name_review_posts(request, slug):
    return name_posts(
        request, slug, "name_review_posts", ReviewPostsForm, actions.name_review_posts
    )


def name_posts(request, slug, verb, form_class, action):
    """Name the posts, or that none is, or say why not; what was chosen is kept."""
    committee = get_committee(request, slug)
    if request.method != "POST":
        why_not = rules.why_not(verb, request.user, committee)
        form = form_class(committee=committee)
        form.initial = {"seen": actions.named_posts(verb, committee)} | {
            name: getattr(committee, f"{column}_id") or VACANT
            for name, column in zip(form.posts, NAMED_POSTS[verb], strict=True)
        }
        return naming_page(request, committee, verb, form, 403 if why_not else 200, why_not)
    rights.ask(verb, request, committee)
    form = form_class(request.POST, committee=committee)
    if not form.is_valid():
        return naming_page(request, committee, verb, form, 422)
    said = {"by": request.user, "seen": form.cleaned_data["seen"], "yes": form.yes}
    try:
        action(committee, *form.chosen(), **said)
    except Refused as refused:
        committee = get_committee(request, slug)
        form.refuse(refused, actions.named_posts(verb, committee))
        status = 409 if isinstance(refused, Conflict) else 403
        return naming_page(request, committee, verb, form, status)
    messages.success(request, _("Saved. The ledger of each list that runs says so, inside."))
    return redirect("desk:posts")


def naming_page(request, committee, verb, form, status, why_not=""):
    context = {"at": "posts", "committee": committee.words, "slug": committee.slug}
    named = (getattr(committee, column) for column in NAMED_POSTS[verb])
    context |= {"named": [post.words for post in named if post], "form": form}
    context |= {"why_not": why_not, "here": request.path}
    return render(request, "desk/name_posts.html", context, status=status)
