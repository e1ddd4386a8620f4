"""To whom a paper of a place goes when it goes to everybody."""

from typing import Final

_ANY: Final = "各有关单位"
_TOWNSHIPS: Final = "各乡镇人民政府、街道办事处"
# Districts have streets and towns, banners have sums; counties and cities of county level the common form.
_BELOW: Final = {"区": "各街道办事处、镇人民政府", "旗": "各苏木乡镇人民政府、街道办事处"}
_OWN: Final = {"区": "区政府直属各单位"}
_COUNTIES: Final = "区县旗"
# What stands between a province and its counties, by the end of its name.
_CITY: Final = "各县（市、区）人民政府，市政府各部门"
_BETWEEN: Final = {
    "州": "各县（市）人民政府，州政府各部门",
    "盟": "各旗县（市、区）人民政府，盟行署各部门",
    "地区": "各县（市、区）人民政府，地区行署各部门",
}


def say_everybody(place: str, level: str) -> str:
    """The governments below and the units of its own, as papers of a place call them: 各…，县政府各部门.

    `level` as county or city; without one the name tells it, but for a 市, which is either.
    """
    kind = place[-1:]
    if level == "city":
        return next((said for end, said in _BETWEEN.items() if place.endswith(end)), _CITY)
    if level != "county" and (level or kind not in _COUNTIES or not kind):
        return _ANY
    return f"{_BELOW.get(kind, _TOWNSHIPS)}，{_OWN.get(kind, f'{kind}政府各部门')}"
