"""To whom a paper of a place goes when it goes to everybody."""

from dukao.site.people.models import Level, Place

_ANY = "各有关单位"
_TOWNSHIPS = "各乡镇人民政府、街道办事处"
# Districts have streets and towns, banners have sums; counties and cities of county level the common form.
_BELOW = {"区": "各街道办事处、镇人民政府", "旗": "各苏木乡镇人民政府、街道办事处"}
_OWN = {"区": "区政府直属各单位"}


def everybody_of(place: Place) -> str:
    """The governments below and the units of its own, as papers of a place call them: 各…，县政府各部门."""
    kind = place.name[-1:]
    if place.level == Level.CITY:
        return f"各县（市、区）人民政府，{kind if kind in '市州盟' else '市'}政府各部门"
    if place.level != Level.COUNTY:
        return _ANY
    return f"{_BELOW.get(kind, _TOWNSHIPS)}，{_OWN.get(kind, f'{kind}政府各部门')}"
