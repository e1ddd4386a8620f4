"""What a password must be, beyond Django's own rules; the one-time secrets somebody begins with."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.core.exceptions import ValidationError

# Said on the page before somebody types; AUTH_PASSWORD_VALIDATORS of the settings holds them.
RULES = (
    "至少 10 个字符。",
    "大写字母、小写字母、数字、其他符号，至少用三类。",
    "不含登录名，不是常见密码。",
    "不能与现在的密码相同。",
)
_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")
_ROUNDS = 20_000
# Read aloud and copied by hand: nothing that looks like something else.
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"


class LongEnoughValidator:
    """At least ten characters (GB/T 22239 names no number; eight is the usual least)."""

    LEAST = 10

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a shorter password."""
        if len(password) < self.LEAST:
            raise ValidationError(self.get_help_text(), code="too_short")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"密码至少 {self.LEAST} 个字符。"


class ThreeClassesValidator:
    """Of lower case, upper case, digits and other signs at least three (usual practice under GB/T 22239)."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password of fewer classes."""
        if sum(bool(re.search(one, password)) for one in _CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="too_plain")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码须含大写字母、小写字母、数字、其他符号中的至少三类。"


class NotOneselfValidator:
    """Not one's own log-in name, however it is dressed up."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password that holds the log-in name, forwards or backwards."""
        name = str(getattr(user, "username", "") or "").lower()
        if len(name) >= 3 and (name in password.lower() or name[::-1] in password.lower()):
            raise ValidationError(self.get_help_text(), code="is_oneself")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码里不能有登录名。"


def make_secret() -> str:
    """A one-time secret of four groups of four (79 bits), good for the first log-in only."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(4))


def give_secret(user: Any, at: datetime) -> str:
    """Put a one-time secret onto an account, good for `SECRET_HOURS`; it is kept nowhere. Saves nothing."""
    secret = make_secret()
    user.password = _hash_secret(secret)
    user.must_change_password = True
    user.secret_until = secret_until(at)
    return secret


def _hash_secret(secret: str) -> str:
    """A secret's hash, of few rounds: 79 random bits need no slow one, and a place begins with 140 of them.

    With the first log-in Django puts the full number of rounds in its place.
    """
    hasher = get_hasher()
    rounds = {"iterations": _ROUNDS} if isinstance(hasher, PBKDF2PasswordHasher) else {}
    return hasher.encode(secret, hasher.salt(), **rounds)


def secret_until(at: datetime) -> datetime:
    """Until when a one-time secret given at a moment can be used."""
    return at + timedelta(hours=settings.SECRET_HOURS)
