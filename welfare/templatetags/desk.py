"""What the templates of the desk ask."""

from django import template

from items import queries
from welfare.templatetags import welfare

register = template.Library()
register.filter("shape", welfare.shape)


@register.filter
def is_clear(desk):
    """Tell whether nothing waits for this person."""
    return not any(queue.count for queue in desk.queues) and not desk.gaps and not desk.notices


@register.filter
def reads_posts(person):
    """Tell whether there are posts for this person to see at the desk."""
    return person.is_authenticated and queries.reads_posts(person)
