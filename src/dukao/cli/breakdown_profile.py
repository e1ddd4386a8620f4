"""What `dukao breakdown` does with profiles: which one a document is read by, and the one it shows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.output import whole_file
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.breakdown.profiles import Profile
    from dukao.breakdown.values import Breakdown

_FILE_ENDING = ".json"


def profile_files(profile: str | None) -> list[Path]:
    """The file that `--profile` names; none for a preset."""
    return [Path(profile)] if profile and _is_file(profile) else []


def chosen_profile(profile: str | None, lead: str | None) -> "Profile | None":
    """The profile of `--profile` with what `--lead` says; None where neither is given."""
    if profile is None and lead is None:
        return None
    from dukao.breakdown.profiles import Profile, correct_profile
    from dukao.presets.loading import load_preset

    known = load_preset("lead-conventions")
    if lead is not None and lead not in known:
        names = "、".join(f"{code}（{preset.name}）" for code, preset in known.items())
        raise click.UsageError(f"没有“{lead}”这种牵头惯例，可用的有：{names}", click.get_current_context())
    chosen = _load(profile) if profile else Profile("")
    return correct_profile(chosen, {"lead": lead}) if lead else chosen


def keep_profile(breakdown: "Breakdown", by: "Profile | None", path: Path) -> list[str]:
    """Write what the document shows, what a person said before kept; the sentences that say it."""
    from dukao.breakdown.habits import detect_profile
    from dukao.breakdown.profiles import correct_profile, describe

    said = {trait.code: trait.value for trait in by.traits if trait.by == "person"} if by else {}
    profile = correct_profile(detect_profile(breakdown), said)
    with whole_file(path) as draft:
        text = json.dumps(profile.as_json(), ensure_ascii=False, indent=2)
        draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return [f"从这份分解表看出的写法（已写到 {path}，可改）：", *(f"  {one}" for one in describe(profile))]


def _load(profile: str) -> "Profile":
    from dukao.breakdown.profiles import preset_profile, read_profile
    from dukao.presets.loading import load_profiles

    if _is_file(profile):
        source = read_file(Path(profile))
        return read_profile(source.text, source.name)
    presets = load_profiles()
    if profile not in presets:
        names = "、".join(f"{code}（{preset.name}）" for code, preset in presets.items())
        message = f"没有“{profile}”这种现成的写法，可用的有：{names}；画像文件的名字要以 {_FILE_ENDING} 结尾"
        raise click.UsageError(message, click.get_current_context())
    return preset_profile(profile)


def _is_file(profile: str) -> bool:
    """A preset has no ending and no folder in its name."""
    return Path(profile).suffix.lower() == _FILE_ENDING or Path(profile).is_file()
