"""What a password must be, beyond Django's own rules."""

import re

from django.core.exceptions import ValidationError

_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")


class ThreeClassesValidator:
    """Of lower case, upper case, digits and other signs at least three (usual practice under GB/T 22239)."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password of fewer classes."""
        if sum(bool(re.search(one, password)) for one in _CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="too_plain")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码须含大写字母、小写字母、数字、其他符号中的至少三类。"
