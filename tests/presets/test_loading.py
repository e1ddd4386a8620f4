"""Presets are data with a name and a source."""

import pytest

from dukao.presets.loading import load_preset


def test_lead_conventions_are_named_and_sourced() -> None:
    presets = load_preset("lead-conventions")
    assert list(presets) == ["column", "first", "star", "word"]
    assert all(preset.name and preset.source and preset.why for preset in presets.values())


def test_refuses_a_subject_there_is_no_file_for() -> None:
    with pytest.raises(FileNotFoundError):
        load_preset("no-such-subject")
