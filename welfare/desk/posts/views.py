"""Posts at the desk: who holds them, and appointing somebody else."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from items import actions, queries, rules
from items.errors import Conflict, Refused
from items.models import Post
from items.models.tie import read_by
from welfare.desk import rights
from welfare.desk.posts.forms import AppointForm, MarkLeaderForm
from welfare.http.form_recovery import recovers


@require_safe
def posts(request):
    """Show the posts of each committee that this person reads."""
    committees = queries.posts(request.user, localdate())
    if not committees:
        raise Http404
    return render(request, "desk/posts.html", {"at": "posts", "committees": committees})


@recovers(AppointForm)
def appoint(request, pk):
    """Appoint the holder of a post, or say why not; what was typed is kept."""
    post, today = get_post(request, pk), localdate()
    holder = queries.held_post(post, today)
    if request.method != "POST":
        why_not = rules.why_not("appoint", request.user, post)
        form = AppointForm(initial={"seen": holder.holding}, post=post)
        return appoint_page(request, holder, form, 403 if why_not else 200, why_not=why_not)
    rights.ask("appoint", request, post)
    form = AppointForm(request.POST, post=post)
    if not form.is_valid():
        return appoint_page(request, holder, form, 422)
    try:
        entries = actions.appoint(post, by=request.user, yes=form.yes, **form.cleaned_data)
    except Refused as refused:
        return not_appointed(request, post, form, refused)
    say_appointed(request, post, form.cleaned_data["person"], len(entries))
    return redirect("desk:posts")


@recovers(MarkLeaderForm)
def mark_leader(request, pk):
    """Say that a post is a leader's, or is none, or say why not; what was typed is kept."""
    post, today = get_post(request, pk), localdate()
    holder = queries.held_post(post, today)
    if request.method != "POST":
        why_not = rules.why_not("mark_leader", request.user, post.committee)
        form = MarkLeaderForm(initial={"is_leader": "no" if post.is_leader else "yes"})
        status = 403 if why_not else 200
        return mark_page(request, holder, form, status, why_not=why_not)
    rights.ask("mark_leader", request, post.committee)
    form = MarkLeaderForm(request.POST)
    if not form.is_valid():
        return mark_page(request, holder, form, 422)
    try:
        actions.mark_leader(post, by=request.user, yes=form.yes, **form.cleaned_data)
    except Refused as refused:
        form.say_refused(refused)
        return mark_page(request, holder, form, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, _("Written into the ledger of each list that runs."))
    return redirect("desk:posts")


def mark_page(request, holder, form, status, **extra):
    context = {"at": "posts", "post": holder, "form": form, **extra}
    return render(request, "desk/mark_leader.html", context, status=status)


def get_post(request, pk):
    """Return a post of a committee that this person reads; to others it doesn't exist."""
    posts = Post.objects.filter(read_by(request.user.pk, "committee")).select_related("committee")
    post = posts.filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def appoint_page(request, holder, form, status, **extra):
    context = {"at": "posts", "post": holder, "form": form, **extra}
    return render(request, "desk/appoint.html", context, status=status)


def not_appointed(request, post, form, refused):
    """Show the form again, for the holder that there is now; or go on, if that is who was meant."""
    today = localdate()
    holder, sent = queries.held_post(post, today), form.cleaned_data
    is_so = (post.holder(today), holder.since) == (sent["person"], sent["since"])
    if is_so and holder.holding != sent["seen"]:  # a button pressed twice
        messages.info(request, _("That is how “%s” is held already.") % post)
        return redirect("desk:posts")
    form.refuse(refused, holder.holding)
    return appoint_page(request, holder, form, 409 if isinstance(refused, Conflict) else 403)


def say_appointed(request, post, person, count):
    """Say who holds the post now, and in how many ledgers it stands."""
    if person is None:
        messages.success(request, _("“%(post)s” is vacant now.") % {"post": post})
    else:
        names = {"post": post, "person": person}
        messages.success(request, _("%(person)s holds “%(post)s” now.") % names)
    if count:
        sentence = ngettext(
            "The ledger of %(n)d item says so.", "The ledgers of %(n)d items say so.", count
        )
        messages.success(request, sentence % {"n": count})
