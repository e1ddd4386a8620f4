"""Where signature and date stand (GB/T 9704-2012, 7.3.5)."""

from dukao.papers.official.titles import width


def sign_insets(name: str, day: str, is_sealed: bool) -> tuple[float, float]:
    """How many characters signature and date stand from the right."""
    name_wide, day_wide = width(name), width(day)
    if is_sealed:
        shift = (name_wide - day_wide) / 2
        # A name too long to be centred over a date four in: the longer of both is four from the right.
        return (4.0, 4 + shift) if shift > 0 else (4 - shift, 4.0)
    if day_wide > name_wide - 2:
        return 2 + (day_wide + 2 - name_wide), 2.0
    return 2.0, 2 + name_wide - 2 - day_wide
