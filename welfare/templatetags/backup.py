"""The line about the last backup, for whoever runs the site."""

from django import template
from django.conf import settings

from items.rules.standing import is_site_administrator
from welfare.backup.status import last_backup as status_now

register = template.Library()


@register.inclusion_tag("components/last_backup.html")
def last_backup(user, only_bad=False):
    """Say to a site's administrator when the last backup was made, and loudly what is wrong."""
    if not is_site_administrator(user):
        return {}
    status = status_now()
    if only_bad and status.is_good:
        return {}
    return {"status": status, "is_set": bool(settings.BACKUP_DIR)}
