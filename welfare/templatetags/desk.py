"""What the templates of the desk ask."""

from django import template

register = template.Library()


@register.filter
def is_clear(desk):
    """Tell whether nothing waits for this person."""
    return not any(queue.count for queue in desk.queues) and not desk.gaps and not desk.notices
