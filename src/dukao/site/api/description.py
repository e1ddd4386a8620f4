"""The OpenAPI description as plain values for a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TYPES = {"integer": "整数", "number": "数", "string": "文字", "boolean": "是否", "null": "空"}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of what is given."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what it gives, what it asks, and the fields of one item."""

    operation_id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The addresses of one subject."""

    title: str
    operations: tuple[Operation, ...]


def describe_api(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The chapters of a description, with what it says of the whole, as a template's facts."""
    chapters: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for said in methods.values():
            chapters.setdefault(said["tags"][0], []).append(_operation(path, said, schema))
    info = schema["info"]
    return {
        "title": info["title"],
        "about": info["description"].split("\n\n"),
        "chapters": [Chapter(title, tuple(own)) for title, own in chapters.items()],
        "operations": sum(len(own) for own in chapters.values()),
    }


def _operation(path: str, said: Mapping[str, Any], schema: Mapping[str, Any]) -> Operation:
    parameters = tuple(
        Field(one["name"], _say_type(one["schema"], schema), one.get("description", ""))
        for one in said.get("parameters", ())
    )
    given = said["responses"][200]["content"]["application/json"]["schema"]
    summary, description = said["summary"], said.get("description", "")
    return Operation(
        said["operationId"],
        path,
        summary,
        "" if description == summary else description,
        parameters,
        tuple(_fields(given, schema)),
    )


def _fields(given: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of the thing, or of one item where a page of them is given."""
    thing = _resolve(given, schema)
    items = thing["properties"].get("items")
    if items and "total" in thing["properties"]:
        thing = _resolve(items["items"], schema)
    for name, said in thing["properties"].items():
        yield Field(name, _say_type(said, schema), said.get("description", ""))


def _resolve(said: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in said:
        return said
    found: Mapping[str, Any] = schema["components"]["schemas"][said["$ref"].rsplit("/", 1)[-1]]
    return found


def _say_type(said: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "anyOf" in said:
        return "或".join(_say_type(one, schema) for one in said["anyOf"])
    if "enum" in said:
        return "、".join(map(str, said["enum"]))
    if said.get("type") == "array":
        return f"{_say_type(said.get('items', {}), schema)}的列表"
    if "$ref" in said:
        return "、".join(_resolve(said, schema)["properties"])
    if said.get("format") == "date":
        return "日期"
    if said.get("format") == "date-time":
        return "时间"
    return _TYPES.get(said.get("type", ""), "")
