"""The admin: accounts, committees, posts, look-ups, lists and drafts; the ledger is read-only."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from items.admin import (  # noqa: F401
    assessment,
    calendar,
    committee,
    item,
    ledger,
    list,
    looking,
    lookup,
    people,
    post,
    verdict,
)

admin.site.site_header = admin.site.site_title = _("Practical matters: administration")
admin.site.index_title = _("Accounts, committees, look-ups, lists")
admin.site.unregister(Group)  # a right comes from a role in a committee, never from a group
