"""To whom a paper of a place goes when it goes to everybody."""

from dukao.papers.official.addressing import say_everybody
from dukao.site.people.models import Place


def everybody_of(place: Place) -> str:
    """The governments below the place and its own units, as its papers call them."""
    return say_everybody(place.name, place.level)
