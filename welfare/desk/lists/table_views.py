"""Saved views of the ledger's table: what is looked for and the columns, under a name."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from items import actions, queries, rules, staff
from items.actions.table_view import LONGEST
from items.errors import Refused
from items.models import TableView
from welfare.desk.lists.views import get_list
from welfare.forms import Plain
from welfare.http.form_recovery import recovers


class ViewForm(Plain, forms.Form):
    """The name of a view, and whether the office shares it."""

    name = forms.CharField(
        label=gettext_lazy("Name of the view"),
        max_length=50,
        help_text=gettext_lazy("Such as “late, by leader”. One that has the name is replaced."),
    )
    query = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    shared = forms.BooleanField(
        label=gettext_lazy("For all who read this desk, not for me alone"), required=False
    )

    def __init__(self, *args, shares, **kwargs):
        super().__init__(*args, **kwargs)
        if not shares:
            del self.fields["shared"]


@recovers(ViewForm)
def table_views(request, slug):
    """Save what the table shows as a view, and show those that are saved."""
    item_list = get_list(request, slug)
    shares = not rules.why_not("share_view", request.user, item_list.committee)
    query = {"query": request.GET.urlencode()}
    if request.method != "POST":
        return _show(request, item_list, ViewForm(initial=query, shares=shares))
    form = ViewForm(request.POST, shares=shares)
    if not form.is_valid():
        return _show(request, item_list, form, 422)
    said = {"shared": False} | form.cleaned_data
    try:
        view = actions.save_view(item_list, by=request.user, **said)
    except Refused as refused:
        form.say_refused(refused)
        return _show(request, item_list, form, 403)
    messages.success(request, _("Saved: “%s”.") % view.name)
    return redirect(f"{reverse('desk:table', args=[slug])}?{view.query}")


def _show(request, item_list, form, status=200):
    context = {
        "at": "lists",
        "list": staff.list_head(item_list),
        "form": form,
        "views": queries.saved_views(item_list, request.user),
        "shares": "shared" in form.fields,
    }
    return render(request, "desk/table_views.html", context, status=status)


@require_POST
def delete_view(request, slug, pk):
    """Delete a saved view: one's own, or as the office one of the office's."""
    item_list = get_list(request, slug)
    mine = Q(person=request.user) | Q(person=None)  # another's answers as one that never was
    views = TableView.objects.filter(mine, committee=item_list.committee_id)
    view = get_object_or_404(views, pk=pk)
    actions.delete_view(view, item_list, by=request.user)
    messages.success(request, _("Deleted: “%s”.") % view.name)
    return redirect("desk:table_views", slug)
