"""文号 (GB/T 9704-2012, 7.2.5): letters of the office, year in 〔〕, a number without leading zeros."""

import re

from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import Breakdown, Supplement, SupplementStage
from dukao.site.people.models import Place
from dukao.site.refusals import Refused

_NUMBER = re.compile(r"(?P<letters>[㐀-鿿]{2,12})〔(?P<year>(?:19|20)\d{2})〕(?P<at>[1-9]\d{0,4})号")
_BRACKETS = str.maketrans(
    {
        "[": "〔",
        "]": "〕",
        "(": "〔",
        ")": "〕",
        "（": "〔",
        "）": "〕",
        "［": "〔",
        "］": "〕",
        "【": "〔",
        "】": "〕",
    }
)


def read_document_number(said: str, place: Place) -> str:
    """The number as a paper bears it, whatever brackets it was typed with; refused when it is none."""
    number = "".join(said.split()).translate(_BRACKETS)
    if not _NUMBER.fullmatch(number):
        example = f"{place.letters or '望政办'}〔2024〕5号"
        raise Refused(Refusal.NUMBER_MALFORMED, number=said.strip(), example=example, status=422)
    return number


def refuse_taken_number(number: str, place: Place, *, but: Supplement | None = None) -> None:
    """Refuse a number that another paper of the place bears."""
    taken = Breakdown.objects.filter(place=place, document_number=number).first()
    if taken:
        raise Refused(Refusal.NUMBER_TAKEN, number=number, title=taken.title)
    supplements = Supplement.objects.filter(breakdown__place=place, document_number=number)
    supplements = supplements.exclude(stage=SupplementStage.WITHDRAWN)
    if but is not None:
        supplements = supplements.exclude(pk=but.pk)
    if supplements.exists():
        raise Refused(Refusal.NUMBER_TAKEN, number=number, title="另一份补充通知")
