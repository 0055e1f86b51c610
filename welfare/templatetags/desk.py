"""What the templates of the desk ask."""

from django import template

from welfare.templatetags import welfare

register = template.Library()
register.filter("shape", welfare.shape)


@register.filter
def is_clear(desk):
    """Tell whether nothing waits for this person."""
    return not any(queue.count for queue in desk.queues) and not desk.gaps and not desk.notices
