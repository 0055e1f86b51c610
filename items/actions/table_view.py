"""Saved views of the ledger table: one's own, and those of the office."""

from django.utils.translation import gettext as _

from items.actions.validation import checked, need
from items.errors import Refused
from items.models import ItemList, Person, TableView
from items.rules import why_not
from items.words import one_line

AT_MOST = 30  # of one person, or of the office
LONGEST = 2000  # letters of a query


def save_view(item_list: ItemList, *, by: Person, name: str, query: str, shared: bool) -> TableView:
    """Save what a table shows under a name; an earlier view of that name takes its place.

    With `shared` it is the office's, for all who read the committee's desk.
    """
    name = need(one_line(name), _("Give the view a name."))
    if shared:
        _refuse_unless_office(item_list, by)
    if len(query) > LONGEST:
        raise Refused(_("This choice is too long to be saved. Choose fewer columns."))
    whose = {"committee": item_list.committee, "person": None if shared else by}
    views = TableView.objects.filter(**whose)
    view = views.filter(name=name).first() or TableView(**whose, name=name)
    if not view.pk and views.count() >= AT_MOST:
        raise Refused(_("%d views are saved already. Delete one first.") % AT_MOST)
    view.query = query
    checked(view).save()
    return view


def delete_view(view: TableView, item_list: ItemList, *, by: Person) -> None:
    """Delete one of one's own views, or as the office one of the office's."""
    if view.person_id is None:
        _refuse_unless_office(item_list, by)
    elif view.person_id != by.pk:
        raise Refused(_("This view is somebody else’s."))
    view.delete()


def _refuse_unless_office(item_list: ItemList, by: Person) -> None:
    if refusal := why_not("share_view", by, item_list.committee):
        raise Refused(refusal)
