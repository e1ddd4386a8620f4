"""Two days beside each other: what became worse, what became better, and which earlier day is meant."""

from datetime import date, timedelta

from dukao.progress.values import Light

# The better a light, the smaller; what could not be judged on one of the days has become neither.
_WEIGHT = {Light.GREEN: 0, Light.UNDATED: 0, Light.YELLOW: 1, Light.RED: 2, Light.BLOCKED: 2}


def is_worse(before: Light | None, after: Light) -> bool:
    """Whether a light became worse."""
    return before in _WEIGHT and after in _WEIGHT and _WEIGHT[after] > _WEIGHT[before]


def is_better(before: Light | None, after: Light) -> bool:
    """Whether a light became better."""
    return before in _WEIGHT and after in _WEIGHT and _WEIGHT[after] < _WEIGHT[before]


def end_of_last_month(day: date) -> date:
    """The day a board is compared with where none is asked for."""
    return day.replace(day=1) - timedelta(days=1)
