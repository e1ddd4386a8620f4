"""The page of how a place writes its breakdowns: what was seen and where, corrected by a person."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dukao.breakdown.profiles import OBEYED, Profile, Seen, likely_preset
from dukao.presets.loading import ProfilePreset, TraitWords, load_profiles, load_traits
from dukao.site.archive.profiles import correct, kept_profile, value_of
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused

_ORIGINS = {"document": "从文件里读到", "person": "经办确定", "preset": "照常见写法"}
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Sight:
    """One way a document does a thing: in words, how often, an example and its place there."""

    words: str
    count: int
    example: str
    span: str


@dataclass(frozen=True, slots=True)
class TraitLine:
    """A trait on the page: what it is called, what holds and who says so, what was seen, what may be said."""

    code: str
    name: str
    value: str
    words: str
    origin: str
    is_obeyed: bool
    seen: tuple[Sight, ...]
    choices: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "POST"])
def profile(request: Asked) -> HttpResponse:
    """How the place writes its breakdowns; POST corrects it, with why."""
    require(request.viewer, Act.REVIEW)
    refused, status = "", 200
    if request.method == "POST":
        require(request.viewer, Act.ADOPT)
        said = {code: request.POST.get(code, "") for code in load_traits()}
        try:
            correct(said, request.POST.get("why", ""), by=request.viewer, at=request.moment)
        except Refused as fault:
            refused, status = fault.sentence, fault.status
        else:
            messages.success(request, "已改定：以后读入的责任分解照此来读，已经读入的不变。")
            return redirect("archive:profile")
    kept = kept_profile(request.viewer.place_id)
    value = value_of(kept) if kept else None
    facts = {
        "kept": kept,
        "lines": lines_of(value),
        "preset": _preset_of(value),
        "heads": [head for _, head in value.heads] if value else [],
        "why": request.POST.get("why", ""),
        "refused": refused,
        "may_change": may(request.viewer, Act.ADOPT),
    }
    return render(request, "archive/profile.html", facts, status=status)


def lines_of(profile: Profile | None) -> list[TraitLine]:
    """Every trait there is, with what is known of it."""
    return [_line(words, profile) for words in load_traits().values()]


def _line(words: TraitWords, profile: Profile | None) -> TraitLine:
    trait = next((one for one in profile.traits if one.code == words.code), None) if profile else None
    return TraitLine(
        words.code,
        words.name,
        trait.value if trait else "",
        words.values[trait.value] if trait else "",
        _ORIGINS[trait.by] if trait else "",
        words.code in OBEYED,
        tuple(_sight(one, words) for one in trait.seen) if trait else (),
        tuple(words.values.items()),
    )


def _sight(seen: Seen, words: TraitWords) -> Sight:
    example = "".join(seen.text.replace("**", "").split())
    short = example if len(example) <= _SHOWN else f"{example[:_SHOWN]}…"
    return Sight(words.values[seen.value], seen.count, short, f"{seen.start}-{seen.end}")


def _preset_of(profile: Profile | None) -> ProfilePreset | None:
    code = likely_preset(profile) if profile else None
    return load_profiles()[code] if code else None
