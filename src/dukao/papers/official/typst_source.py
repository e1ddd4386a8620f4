"""A `Paper` as Typst source: the setting of GB/T 9704-2012, every word of the paper passed as data.

No text of a paper is ever part of the program: it stands in quoted strings, so that nothing in it is a command.
"""

import json
from collections.abc import Iterable

from dukao.papers.official import measures as m
from dukao.papers.official.fonts import FACES, Face
from dukao.papers.official.titles import break_title
from dukao.papers.official.values import Annex, Block, Cell, Paper, Row, Table, Text, say_date

_HEADS: dict[int, Face] = {0: "fangsong", 1: "hei", 2: "kai", 3: "fangsong", 4: "fangsong"}


def write_source(paper: Paper) -> str:
    """The whole paper as one Typst document."""
    return "\n".join([_preamble(), *_head(paper), *map(_block, paper.body), *_foot(paper), *_annexes(paper), *_imprint(paper)])


def _preamble() -> str:
    faces = "\n".join(f"#let {face} = ({', '.join(map(_quoted, names))})" for face, names in FACES.items())
    return f"""{faces}
#set document(title: "")
#let pitch = {m.LINE}pt
#let margins = (top: {m.TOP}mm, bottom: {m.BOTTOM}mm, inside: {m.LEFT}mm, outside: {m.RIGHT}mm)
#let number = context {{
  let at = counter(page).get().first()
  let said = text(font: song, size: {m.SMALL}pt, tracking: 0pt)[— #at —]
  let edge = h({m.SMALL}pt)
  if calc.odd(at) {{ align(right)[#said#edge] }} else {{ align(left)[#edge#said] }}
}}
#set page(
  paper: "a4",
  margin: (top: {m.TOP}mm, bottom: {m.BOTTOM}mm, left: {m.LEFT}mm, right: {m.RIGHT}mm),
  footer: number,
  footer-descent: {m.FOOT_BELOW_TEXT}mm - 5pt,
)
#set text(
  font: fangsong, size: {m.BODY}pt, lang: "zh", region: "cn", tracking: {m.ADVANCE - m.BODY - 0.01:.3f}pt,
  cjk-latin-spacing: none, top-edge: 0.8em, bottom-edge: -0.2em, overhang: false, hyphenate: false,
)
#set par(leading: pitch - {m.BODY}pt, spacing: pitch - {m.BODY}pt, justify: true, first-line-indent: 0pt)
#let words(face, body) = par(text(font: face, h(2em) + body))
#let plain(body) = par(body)
#let line-of(size, leading, body) = text(size: size)[#set par(leading: leading, spacing: leading); #body]
#let cell(body) = {{
  set text(size: {m.CELL}pt, tracking: 0pt)
  set par(leading: 5pt, justify: false)
  body
}}
"""


def _head(paper: Paper) -> list[str]:
    """Mark, number, red rule, title, addressees."""
    parts = []
    if paper.mark:
        parts.append(
            f"#v({m.MARK_BELOW_TOP}mm - 0pt, weak: false)\n"
            f"#align(center)[#context {{ let wide = {m.PAGE[0] - m.LEFT - m.RIGHT}mm\n"
            f"  let said(size) = text(font: title, weight: \"bold\", size: size, fill: rgb({_quoted(m.RED)}), tracking: 0pt, {_quoted(paper.mark)})\n"
            f"  let size = {m.MARK}pt\n"
            f"  let full = measure(said(size)).width\n"
            f"  said(if full > wide {{ size * (wide / full) }} else {{ size }}) }}]\n"
            f"#v(pitch * 2)"
        )
        parts.append(f"#align(center, par({_quoted(paper.number)}))")
        parts.append(
            f"#v({m.RULE_BELOW_NUMBER}mm - (pitch - {m.BODY}pt))\n"
            f"#line(length: 100%, stroke: 1.4pt + rgb({_quoted(m.RED)}))\n#v(pitch * 2 - {m.BODY}pt)"
        )
    parts.append(_title(paper.title))
    if paper.addressees:
        parts.append(f"#v(pitch)\n#plain({_quoted(paper.addressees + '：')})")
    return parts


def _title(words: str) -> str:
    lines = " + linebreak() + ".join(map(_quoted, break_title(words, m.title_characters())))
    return (
        f"#align(center, text(font: title, weight: \"bold\", size: {m.TITLE}pt, tracking: 0pt, "
        f"par(leading: pitch * 1.15 - {m.TITLE}pt, justify: false, {lines})))"
    )


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    weight = ', weight: "bold"' if block.level == 1 else ""
    return f"#words({_HEADS[block.level]}, text({_quoted(block.words)}{weight}))"


def _foot(paper: Paper) -> list[str]:
    """附件说明, signature, date, remark."""
    parts = []
    names = paper.attachment_names
    if names:
        parts.append("#v(pitch)")
        for at, name in enumerate(names, 1):
            sign = ("附件：" if at == 1 else "　　　") + (f"{at}. " if len(names) > 1 else "")
            parts.append(
                f"#par(hanging-indent: 5em + 0.8em, [#h(2em)#text({_quoted(sign)})#text({_quoted(name)})])"
            )
    if paper.signature and paper.dated:
        # With a seal the date stands four characters from the right, the signature centred above it.
        parts.append(
            f"#v(pitch * 2)\n#align(right, box(inset: (right: 4em), align(center, par(justify: false, "
            f"{_quoted(paper.signature)} + linebreak() + {_quoted(say_date(paper.dated))}))))"
        )
    if paper.remark:
        parts.append(f"#v(pitch - {m.BODY}pt)\n#words(fangsong, {_quoted(f'（{paper.remark}）')})")
    return parts


def _annexes(paper: Paper) -> list[str]:
    several = len(paper.annexes) > 1
    return [_annex(annex, f"附件{at}" if several else "附件") for at, annex in enumerate(paper.annexes, 1)]


def _annex(annex: Annex, sign: str) -> str:
    inside = "\n".join(
        [
            f"#plain(text(font: hei, {_quoted(sign)}))",
            "#v(pitch)",
            _title(annex.title),
            "#v(pitch)",
            *map(_block, annex.blocks),
        ]
    )
    if annex.is_wide:
        return (
            f"#page(flipped: true, margin: (top: {m.LEFT}mm, bottom: {m.RIGHT}mm, left: {m.BOTTOM}mm, right: {m.TOP}mm))"
            f"[\n{inside}\n]"
        )
    return f"#pagebreak(weak: true)\n{inside}"


def _table(table: Table) -> str:
    shares = ", ".join(f"{column.share}fr" for column in table.columns)
    aligns = ", ".join(f"{column.align} + horizon" for column in table.columns)
    heads = ", ".join(
        f"align(center, cell(text(font: hei, {_quoted(column.head)})))" for column in table.columns
    )
    cells = ",\n  ".join(_cells(table.rows))
    note = f"\n#par(text(size: {m.CELL}pt, {_quoted(table.note)}))" if table.note else ""
    return (
        f"#table(columns: ({shares},), align: ({aligns},), stroke: 0.5pt, inset: (x: 4pt, y: 6pt),\n"
        f"  table.header({heads}),\n  {cells}\n)" + note
    )


def _cells(rows: Iterable[Row]) -> list[str]:
    return [_cell(cell) for row in rows for cell in row if cell is not None]


def _cell(cell: Cell) -> str:
    return f"table.cell(rowspan: {cell.rows}, breakable: false, cell({_quoted(cell.words)}))"


def _imprint(paper: Paper) -> list[str]:
    """版记, its last line on the bottom of 版心 of the last page."""
    if not paper.printed_by:
        return []
    rows = []
    if paper.copied_to:
        rows.append(f"par(hanging-indent: 3em, [#h(1em)抄送：#text({_quoted(paper.copied_to)})。#h(1em)])")
    day = say_date(paper.printed_on) if paper.printed_on else ""
    rows.append(f"[#h(1em)#text({_quoted(paper.printed_by)})#h(1fr)#text({_quoted(f'{day}印发' if day else '')})#h(1em)]")
    inner = f" + line(length: 100%, stroke: {m.THIN}mm) + ".join(rows)
    return [
        f"#v(1fr)\n#block(breakable: false, width: 100%, {{ set text(size: {m.SMALL}pt, tracking: 0pt)\n"
        f"  set par(leading: 8pt, spacing: 8pt)\n  set block(spacing: 6pt)\n"
        f"  line(length: 100%, stroke: {m.THICK}mm) + {inner} + line(length: 100%, stroke: {m.THICK}mm) }})"
    ]


def _quoted(words: str) -> str:
    """A Typst string: JSON's escapes of quotes, backslashes and line ends are Typst's as well."""
    plain = "".join(letter for letter in words if letter == "\n" or ord(letter) >= 32)
    return json.dumps(plain, ensure_ascii=False)
