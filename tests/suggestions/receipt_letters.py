"""Print every letter that the receipt's picture may need, for scripts/receipt_font.sh."""

from datetime import date

import django
from django.conf import settings
from django.utils.translation import override

DAY = date(2026, 12, 30)


def letters() -> set[str]:
    """Return the letters of the picture's sentences, in both languages and all months."""
    from welfare.suggestions.receipt_picture import lines

    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for month in range(1, 13):
                for text, _size, _shade in lines("", date(2026, month, 28), DAY):
                    found |= set(text)
    return found


if __name__ == "__main__":
    django.setup()
    print("".join(sorted(letters())))
