"""Names and people's words as HTML: escaped, and each language said to the machine."""

import re

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from items.words import Words

# From a Chinese letter to the last one before a Latin letter or an escaped sign.
HAN = re.compile("[\u4e00-\u9fff](?:[^A-Za-z&<>]*[\u3000-\u9fff\uff00-\uffef])?")


def page_language() -> str:
    """Return the page's language as `lang` wants it."""
    return "en" if english() else "zh-Hans"


def english() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("en")


def localized(text: Words) -> str:
    """Show a name in the reader's language; where it is in another, say so to the machine."""
    read = page_language()
    name, language = text.in_language(read)
    if not name or language == read:
        return name
    return format_html('<span lang="{}">{}</span>', language, name)


def user_text(text: str) -> SafeString:
    """Show what a person wrote; where it is Chinese on an English page, say so to the machine."""
    escaped = conditional_escape(text)
    if not english():
        return escaped
    return mark_safe(HAN.sub(r'<span lang="zh-Hans">\g<0></span>', escaped))
