"""What a place does when it writes a breakdown, as a value: its profile (画像).

A profile is detected from a document (`habits.detect_profile`), shown to a person in sentences (`describe`),
corrected once, kept as JSON (`dukao.profile/1`), and given back when the next document is read. What a person
said holds even against the document; what was only detected, or comes from a preset, holds where the document
is silent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from dukao.breakdown.duties.columns import WHO, is_head_of
from dukao.presets.loading import load_profiles, load_traits
from dukao.reading.errors import SourceError

SCHEMA: Final = "dukao.profile/1"
# Who says so: the document it was detected in, a person who corrected it, a named preset.
Origin = Literal["document", "person", "preset"]
# The traits that decide how a document is read; the others are shown only.
OBEYED: Final = ("lead", "leaders", "deadline")
_QUOTED: Final = 24
# Values that an example would not show.
_NOTHING: Final = ("none", "own", "one")


@dataclass(frozen=True, slots=True)
class Seen:
    """One value of a trait as seen in the document: how often, and where first (`text` at `start:end`)."""

    value: str
    count: int
    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """A `seen` entry of `dukao.profile/1`."""
        example = {"text": self.text, "start": self.start, "end": self.end}
        return {"value": self.value, "count": self.count, "example": example}


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing a place does: the value that holds, who says so, and what was seen, the commonest first."""

    code: str
    value: str
    by: Origin
    seen: tuple[Seen, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A value of `traits` in `dukao.profile/1`."""
        return {"value": self.value, "by": self.by, "seen": [one.as_json() for one in self.seen]}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a place does, trait by trait in the order of `traits.toml`; a trait nothing is known of is absent.

    `name` says whose it is: a place, a document or a preset. `heads` are what its columns or labels of units
    are called, by what they hold: ("lead", "牵头单位").
    """

    name: str
    traits: tuple[Trait, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()

    def value(self, code: str) -> str | None:
        """The value of a trait, or None where nothing is known of it."""
        return next((trait.value for trait in self.traits if trait.code == code), None)

    def settled(self, code: str) -> str | None:
        """The value a person gave a trait, or None: it holds even against the document."""
        found = (trait.value for trait in self.traits if trait.code == code and trait.by == "person")
        return next(found, None)

    def as_json(self) -> dict[str, Any]:
        """The whole as `dukao.profile/1`."""
        traits = {trait.code: trait.as_json() for trait in self.traits}
        heads = {"heads": dict(self.heads)} if self.heads else {}
        return {"schema": SCHEMA, "name": self.name, "traits": traits, **heads}


def correct_profile(profile: Profile, said: Mapping[str, str]) -> Profile:
    """The profile with what a person says of some traits; what was seen stays beside it.

    Raises `ValueError` with a Chinese sentence for a trait or value there is none of.
    """
    for code, value in said.items():
        _check(code, value)
    known = {trait.code: trait for trait in profile.traits}
    for code, value in said.items():
        known[code] = replace(known.get(code, Trait(code, value, "person")), value=value, by="person")
    return replace(profile, traits=tuple(known[code] for code in load_traits() if code in known))


def preset_profile(code: str) -> Profile:
    """The named profile of `presets/profiles.toml`; `KeyError` where there is none."""
    preset = load_profiles()[code]
    traits = (
        Trait(trait, preset.traits[trait], "preset") for trait in load_traits() if trait in preset.traits
    )
    return Profile(preset.name, tuple(traits))


def likely_preset(profile: Profile) -> str | None:
    """The code of the preset whose every trait the profile has, the one that names most."""
    fitting = [
        (len(preset.traits), code)
        for code, preset in load_profiles().items()
        if all(profile.value(trait) == value for trait, value in preset.traits.items())
    ]
    return max(fitting)[1] if fitting else None


def describe(profile: Profile) -> list[str]:
    """The profile in Chinese, a sentence for each trait with its evidence."""
    return [_describe_trait(trait) for trait in profile.traits]


def _describe_trait(trait: Trait) -> str:
    words = load_traits()[trait.code]
    said = f"{words.name}：{words.values[trait.value]}"
    if trait.by == "person":
        said += "（由经办确定）"
    own = next((one for one in trait.seen if one.value == trait.value), None)
    said += _show(own) if own else ""
    others = [words.values[one.value] + _show(one) for one in trait.seen if one is not own]
    return said + (f"；另见{'、'.join(others)}" if others else "") + "。"


def _show(seen: Seen) -> str:
    """How often it was seen, and where first, unless what was seen is that nothing is there."""
    return (
        f"（{seen.count} 处）"
        if seen.value in _NOTHING
        else f"（{seen.count} 处，如“{_shorten(seen.text)}”）"
    )


def _shorten(text: str) -> str:
    bare = "".join(text.split()).rstrip("。；，")
    return bare[:_QUOTED] + ("…" if len(bare) > _QUOTED else "")


def read_profile(text: str, name: str) -> Profile:
    """The profile a JSON text holds (`dukao.profile/1`); `name` is the file's, for what is refused.

    Raises `SourceError` (code "not-a-profile"). Traits this version does not know are passed over: a format
    only grows.
    """
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise _refusal(name, "不是 JSON 文件") from error
    if not isinstance(whole, dict) or whole.get("schema") != SCHEMA:
        raise _refusal(name, f"没有写明 schema 是 {SCHEMA}")
    traits = whole.get("traits")
    if not isinstance(traits, dict):
        raise _refusal(name, "没有 traits")
    known = [code for code in load_traits() if code in traits]
    read = tuple(_read_trait(code, traits[code], name) for code in known)
    return Profile(str(whole.get("name", "")), read, _read_heads(whole.get("heads")))


def _read_heads(heads: Any) -> tuple[tuple[str, str], ...]:
    """What columns are called, as far as the head names that column: anything else says nothing."""
    if not isinstance(heads, dict):
        return ()
    return tuple((code, heads[code]) for code in WHO if is_head_of(heads.get(code), code))


def _read_trait(code: str, entry: Any, name: str) -> Trait:
    try:
        _check(code, entry["value"])
        if entry["by"] not in get_args(Origin):
            raise ValueError(f"by 不能是“{entry['by']}”")
        return Trait(
            code, entry["value"], entry["by"], tuple(_read_seen(one) for one in entry.get("seen", ()))
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _refusal(name, f"{code} 一项缺少内容或写法不对") from error
    except ValueError as error:
        raise _refusal(name, str(error)) from error


def _read_seen(entry: Any) -> Seen:
    example = entry["example"]
    return Seen(
        str(entry["value"]),
        int(entry["count"]),
        str(example["text"]),
        int(example["start"]),
        int(example["end"]),
    )


def _check(code: str, value: object) -> None:
    words = load_traits().get(code)
    if words is None:
        raise ValueError(f"没有“{code}”这一项，可写的有：{'、'.join(load_traits())}")
    if value not in words.values:
        known = "、".join(f"{one}（{said}）" for one, said in words.values.items())
        raise ValueError(f"“{words.name}”没有“{value}”这种写法，可写的有：{known}")


def _refusal(name: str, found: str) -> SourceError:
    message = f"不是画像文件：{found}。画像由 dukao breakdown 分解表 --save-profile 文件 写出，可在其上改。"
    return SourceError(name, "not-a-profile", message)
