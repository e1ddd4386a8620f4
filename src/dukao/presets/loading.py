"""Reads presets: what places do, as data with a Chinese name and the kind of places it was seen in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Preset:
    """One way of doing a thing: `code` is what programs say, `name` what people read, `source` where it was
    seen.
    """

    code: str
    name: str
    source: str
    why: str


@cache
def load_entries(name: str) -> dict[str, dict[str, Any]]:
    """Everything a file of presets says, by code: for what is more than a name, a source and a reason.

    Raises `FileNotFoundError` for a subject there is no file for.
    """
    text = (files("dukao.presets") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def load_preset(name: str) -> dict[str, Preset]:
    """The presets of one subject by their code; `name` is the file's: "lead-conventions".

    Raises `FileNotFoundError` for a subject there is no file for.
    """
    entries = load_entries(name)
    return {
        code: Preset(code, entry["name"], entry["source"], entry["why"]) for code, entry in entries.items()
    }


@dataclass(frozen=True, slots=True)
class TraitWords:
    """What one trait of a breakdown is called, and what each of its values says to people."""

    code: str
    name: str
    values: Mapping[str, str]


@cache
def load_traits() -> Mapping[str, TraitWords]:
    """The traits of how a place writes its breakdown, in the order they are shown."""
    entries = load_entries("traits")
    return {code: TraitWords(code, entry["name"], entry["values"]) for code, entry in entries.items()}


@dataclass(frozen=True, slots=True)
class ProfilePreset:
    """A named way of writing a breakdown: the values of those traits that make it what it is."""

    code: str
    name: str
    source: str
    traits: Mapping[str, str]


@cache
def load_profiles() -> Mapping[str, ProfilePreset]:
    """The named ways of writing a breakdown by their code."""
    entries = load_entries("profiles")
    return {
        code: ProfilePreset(code, entry["name"], entry["source"], entry["traits"])
        for code, entry in entries.items()
    }


@cache
def usual_reasons() -> tuple[str, ...]:
    """Why a sentence is made no task, in the words offices usually give."""
    return tuple(entry["words"] for entry in load_entries("not-tasks").values())
