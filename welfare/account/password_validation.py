"""Password validator: signs that nobody sees don't count."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 8


class VisibleSigns:
    """Refuse a password that is long enough only by its spaces and signs of no width."""

    def validate(self, password, user=None):
        if len(password) >= SHORTEST > sum(map(is_visible, password)):
            raise ValidationError(self.get_help_text(), code="password_unseen")

    def get_help_text(self):
        return _("Spaces don’t count. Take at least 8 characters that can be seen.")


def is_visible(sign: str) -> bool:
    """Tell whether a sign is neither a space nor a control or format sign."""
    return unicodedata.category(sign)[0] not in "ZC"
