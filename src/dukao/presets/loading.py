"""Reads presets: what places do, as data with a Chinese name and the kind of places it was seen in."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Preset:
    """One way of doing a thing: `code` is what programs say, `name` what people read, `source` where it was
    seen.
    """

    code: str
    name: str
    source: str
    why: str


def load_preset(name: str) -> dict[str, Preset]:
    """The presets of one subject by their code; `name` is the file's: "lead-conventions".

    Raises `FileNotFoundError` for a subject there is no file for.
    """
    text = (files("dukao.presets") / f"{name}.toml").read_text(encoding="utf-8")
    entries: dict[str, dict[str, str]] = tomllib.loads(text)
    return {
        code: Preset(code, entry["name"], entry["source"], entry["why"]) for code, entry in entries.items()
    }
