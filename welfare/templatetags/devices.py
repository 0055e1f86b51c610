"""Template filter that names a device by its User-Agent header."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: each one after the first also names those that it descends from.
BROWSERS = {
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.simple_tag
def device(user_agent):
    """Return the browser and the system that a User-Agent names."""
    browser, system = (
        next((called for sign, called in names.items() if re.search(sign, user_agent)), "")
        for names in (BROWSERS, SYSTEMS)
    )
    if browser == "WeChat":
        browser = _("WeChat")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")
