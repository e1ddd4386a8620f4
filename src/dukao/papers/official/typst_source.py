"""A `Paper` as Typst source: the setting of GB/T 9704-2012, every word of the paper passed as data.

No text of a paper is ever part of the program: it stands in quoted strings, and nothing in it is a command.
Lines are boxes of one pitch, laid one below the other without leading, as Word lays them.
"""

import json
from collections.abc import Iterable

from dukao.papers.official import measures as m
from dukao.papers.official.fonts import FACES, HEADS
from dukao.papers.official.signing import sign_insets
from dukao.papers.official.tables import cell_ends, row_fits, table_type
from dukao.papers.official.titles import break_title, width
from dukao.papers.official.values import Annex, Block, Cell, Paper, Table, say_date

# A table that ends within a hair of the foot of a page goes over in Word, where tables begin a little lower.
_HAIR = 0.55
_EDGES = f"top: {m.TOP}mm, bottom: {m.BOTTOM + _HAIR}mm, left: {m.LEFT}mm, right: {m.RIGHT}mm"
# A landscape page is a portrait page turned: its head lies at the edge where the paper is bound.
_WIDE_EDGES = f"top: {m.LEFT}mm, bottom: {m.RIGHT}mm, left: {m.BOTTOM}mm, right: {m.TOP}mm"
_BODY_BASE = m.baseline(m.BODY, m.LINE)

_PREAMBLE = f"""
#let line-at(base, pitch) = (top-edge: base * 1pt, bottom-edge: (base - pitch) * 1pt)
#let number-text = context {{
  set text(font: song, size: {m.SMALL}pt, tracking: 0pt, top-edge: "bounds", bottom-edge: "bounds")
  [— #counter(page).get().first() —]
}}
#let is-odd() = calc.odd(counter(page).get().first())
#let below = {m.FOOT_BELOW_TEXT}mm
#let edge = {m.SMALL}pt
#let dash-height = {m.SMALL * 0.38}pt
#let number-foot = context {{
  let at = if is-odd() {{ right }} else {{ left }}
  let shift = if is-odd() {{ -edge }} else {{ edge }}
  place(top + at, dx: shift, dy: below + {_HAIR}mm - dash-height, number-text)
}}
#let number-beside = context {{
  let said = rotate(90deg, reflow: true, number-text)
  let at = if is-odd() {{ bottom }} else {{ top }}
  let shift = if is-odd() {{ -{m.RIGHT}mm - edge }} else {{ {m.LEFT}mm + edge }}
  place(left + at, dx: {m.BOTTOM}mm - below - measure(said).width + dash-height, dy: shift, said)
}}
#set text(
  font: fangsong, size: {m.BODY}pt, lang: "zh", region: "cn", tracking: {m.ADVANCE - m.BODY}pt,
  cjk-latin-spacing: auto, overhang: false, hyphenate: false, costs: (widow: 0%, orphan: 0%),
  ..line-at({_BODY_BASE}, {m.LINE}),
)
#set par(leading: 0pt, spacing: 0pt, justify: true, linebreaks: "simple")
#set block(spacing: 0pt)
#let pitch = {m.LINE}pt
#let blank(count, kept: false) = for _ in range(count) {{
  block(height: pitch, above: 0pt, below: 0pt, width: 100%, sticky: kept)
}}
#let words(face, body, kept: false) = block(sticky: kept, par(text(font: face, h(2em) + body)))
#let plain(body) = block(par(body))
#let centred(body) = block(width: 100%, align(center, par(justify: false, body)))
#let headline(..lines) = centred(text(
  font: title, size: {m.TITLE}pt, tracking: 0pt, weight: "bold",
  ..line-at({m.baseline(m.TITLE, m.TITLE_LINE)}, {m.TITLE_LINE}), lines.pos().join(linebreak()),
))
#let cell(size, line, body) = {{
  set text(size: size * 1pt, tracking: 0pt, ..line-at((line - size) / 2 + {m.ASCENT} * size, line))
  set par(justify: false)
  body
}}
#let small(body) = {{
  set text(size: {m.SMALL}pt, tracking: 0pt, ..line-at({m.baseline(m.SMALL, m.SMALL_LINE)}, {m.SMALL_LINE}))
  body
}}
"""


# Typst halves 。，、 at the end of a line where the region is China, not where it is Taiwan. Word never does,
# and both papers shall break their lines alike. `locl` would take the glyphs of the region, too.
_MARKS_WHOLE = '#[#set text(region: "tw", features: ("locl": 0))'


def write_source(paper: Paper) -> str:
    """The whole paper as one Typst document."""
    parts = [_preamble(paper), _MARKS_WHOLE, *_head(paper), *_body(paper), *_foot(paper)]
    for annex, sign in zip(paper.annexes, paper.signs, strict=True):
        parts.append(_annex(annex, sign))
    return "\n".join([*parts, *_imprint(paper), "]"])


def _preamble(paper: Paper) -> str:
    faces = "\n".join(f"#let {face} = ({', '.join(map(_quoted, names))},)" for face, names in FACES.items())
    title = _quoted(paper.title.replace("\n", ""))
    foot = "number-foot"
    if paper.form == "letter":
        foot = "context if counter(page).get().first() > 1 { number-foot }"
    page = f'#set page(paper: "a4", margin: ({_EDGES}), header: none, footer: {foot}, footer-descent: 0pt)'
    day = paper.dated
    # PDF/A wants a date; one without is given the day the renderer passes.
    dated = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "auto"
    return f"{faces}{_PREAMBLE}{page}\n#set document(title: {title}, date: {dated})"


def _head(paper: Paper) -> list[str]:
    """Mark, number, red rule, title, addressees."""
    parts = []
    if paper.mark:
        parts = _letter_head(paper) if paper.form == "letter" else _document_head(paper)
    parts += [_title(paper.title), "#blank(1)"]
    if paper.addressees:
        parts.append(f"#plain({_quoted(paper.addressees + '：')})")
    return parts


def _document_head(paper: Paper) -> list[str]:
    size = m.mark_size(width(paper.mark))
    # The rule stands 4 mm below the characters, which do not fill their line.
    free = (m.LINE - m.BODY) / 2
    return [
        f"#v({m.MARK_BELOW_TOP}mm)\n#centred({_mark(paper.mark, size)})\n#blank(2)",
        f"#centred({_quoted(paper.number)})",
        f"#v({m.RULE_BELOW_NUMBER}mm - {free}pt)\n#{_red_rule('100%')}\n#blank(2)",
    ]


def _letter_head(paper: Paper) -> list[str]:
    """信函格式: mark and double rule hang from the edge of the page, the number at the right below them."""
    size = m.mark_size(width(paper.mark))
    left = (m.PAGE[0] - m.LETTER_RULE) / 2 - m.LEFT
    down = m.BOTTOM + _HAIR - m.LETTER_RULE_ABOVE_EDGE
    rule = f"place(bottom + left, dx: {left}mm, dy: {down}mm, {_double(False)})"
    below = m.LETTER_MARK_BELOW_EDGE - m.TOP
    below_rule = m.LETTER_NUMBER_BELOW_RULE - (m.LINE - m.BODY) / 2
    number = f"#block(width: 100%, align(right, {_quoted(paper.number)}))" if paper.number else "#blank(1)"
    return [
        f"#{rule}",
        f"#v({below}mm)\n#centred({_mark(paper.mark, size)})\n#v({m.RULE_BELOW_NUMBER}mm)",
        f"#block(move(dx: {left}mm, {_double(True)}))\n#v({below_rule}pt)\n{number}\n#blank(2)",
    ]


def _mark(words: str, size: float) -> str:
    """The mark in red; its box is as high as its characters."""
    edges = f"top-edge: {m.ASCENT * size}pt, bottom-edge: -{m.DESCENT * size}pt"
    return (
        f'text(font: title, weight: "bold", size: {size}pt, tracking: 0pt, {edges}, '
        f"fill: rgb({_quoted(m.RED)}), {_quoted(words)})"
    )


def _red_rule(length: str, thick: float = m.RED_RULE) -> str:
    return f"line(length: {length}, stroke: {thick}pt + rgb({_quoted(m.RED)}))"


def _double(is_upper: bool) -> str:
    """Two rules, the thick one outside: above at the head of the page, below at its foot."""
    thick, thin = (_red_rule(f"{m.LETTER_RULE}mm", size) for size in (2.25, 0.75))
    first, second = (thick, thin) if is_upper else (thin, thick)
    return f"stack(spacing: 2.25pt, {first}, {second})"


def _title(words: str) -> str:
    return f"#headline({', '.join(map(_quoted, break_title(words, m.title_characters())))})"


def _body(paper: Paper) -> list[str]:
    return [_block(block, is_kept=at >= paper.kept_from) for at, block in enumerate(paper.body)]


def _block(block: Block, *, is_kept: bool = False) -> str:
    if isinstance(block, Table):
        return _table(block)
    kept = ", kept: true" if is_kept or block.level else ""
    return f"#words({HEADS[block.level]}, {_quoted(block.words)}{kept})"


def _foot(paper: Paper) -> list[str]:
    """附件说明, signature, date, remark."""
    parts = []
    lines = paper.attachments
    signed = bool(paper.signature and paper.dated)
    kept = str(signed).lower()
    if lines:
        parts.append(f"#blank(1, kept: {kept})")
    for at, line in enumerate(lines):
        lead = "附件：" if at == 0 else "　　　"
        sign = width(line[: line.index(" ") + 1]) if len(lines) > 1 else 0.0
        hang = f"{5 * m.ADVANCE + sign * m.BODY:.2f}pt"
        parts.append(f"#block(sticky: {kept}, par(hanging-indent: {hang}, h(2em) + {_quoted(lead + line)}))")
    if signed:
        parts += ["#blank(2, kept: true)", _sign(paper)]
    if paper.remark:
        parts.append(f"#words(fangsong, {_quoted(f'（{paper.remark}）')})")
    return parts


def _sign(paper: Paper) -> str:
    """Sealed: the date four characters from the right, the signature centred above it.

    Without a seal the signature stands two from the right, the date begins two further in (7.3.5).
    """
    assert paper.dated
    name, day = paper.signature, say_date(paper.dated)
    lines = []
    for words, inset in zip((name, day), sign_insets(name, day, paper.is_sealed), strict=True):
        body = f"pad(right: {inset * m.ADVANCE:.2f}pt, par(justify: false, {_quoted(words)}))"
        lines.append(f"align(right, {body})")
    return f"#block(width: 100%, breakable: false, {' + '.join(lines)})"


def _annex(annex: Annex, sign: str) -> str:
    inside = "\n".join(
        [
            f"#plain(text(font: hei, {_quoted(sign)}))",
            "#blank(1)",
            _title(annex.title),
            "#blank(1)",
            *map(_block, annex.blocks),
        ]
    )
    if annex.is_wide:
        page = f"flipped: true, margin: ({_WIDE_EDGES}), footer: none, background: number-beside"
        return f"#page({page})[\n{inside}\n]"
    return f"#pagebreak(weak: true)\n{inside}"


def _table(table: Table) -> str:
    size, line = table_type(table)
    shares = ", ".join(f"{column.share}fr" for column in table.columns)
    aligns = ", ".join(f"{column.align} + horizon" for column in table.columns)
    heads = ", ".join(
        f"align(center, cell({size}, {line}, text(font: hei, {_quoted(column.head)})))"
        for column in table.columns
    )
    cells = ",\n  ".join(_cells(table, size, line))
    above = f"#block(sticky: true, width: 100%, align(center, {_caption(table)}))\n" if table.caption else ""
    note = f"\n#block(cell({m.CELL}, {m.CELL_LINE}, {_quoted(table.note)}))" if table.note else ""
    inset = f"(x: {m.CELL_SIDES}pt, y: {cell_ends(table) + m.BORDER / 2}pt)"
    return (
        f"{above}#table(columns: ({shares},), align: ({aligns},), stroke: {m.BORDER}pt, inset: {inset},\n"
        f"  table.header({heads}),\n  {cells}\n)" + note
    )


def _caption(table: Table) -> str:
    return f"cell({m.CELL}, {m.CELL_LINE}, text(font: hei, {_quoted(table.caption)}))"


def _cells(table: Table, size: float, line: float) -> Iterable[str]:
    for row in table.rows:
        is_whole = row_fits(table.columns, row)
        for cell in row:
            if cell is not None:
                yield _cell(cell, size, line, is_whole)


def _cell(cell: Cell, size: float, line: float, is_whole: bool) -> str:
    # A cell over several rows may be parted between them; each row stays whole by its own cells.
    breaks = "false" if is_whole and cell.rows == 1 else "true"
    body = f"cell({size}, {line}, {_quoted(cell.words)})"
    return f"table.cell(rowspan: {cell.rows}, breakable: {breaks}, {body})"


def _imprint(paper: Paper) -> list[str]:
    """版记, its last line on the bottom of 版心 of the last page; a letter has neither rules nor printer."""
    if not paper.has_imprint:
        return []
    rows = []
    if paper.copied_to:
        copied = _quoted(f"抄送：{paper.copied_to}。")
        rows.append(f"pad(x: 1em, par(hanging-indent: 3em, justify: true, {copied}))")
    if paper.printed_by and paper.form == "document":
        day = f"{say_date(paper.printed_on)}印发" if paper.printed_on else ""
        rows.append(f"pad(x: 1em, par({_quoted(paper.printed_by)} + h(1fr) + {_quoted(day)}))")
    thick, thin = (f" + line(length: 100%, stroke: {size}mm) + " for size in (m.THICK, m.THIN))
    inner = thin.join(rows)
    if paper.form == "document":
        inner = thick.removeprefix(" + ") + inner + thick.removesuffix(" + ")
    block = f"block(breakable: false, width: 100%, small({{ {inner} }}))"
    break_ = "#pagebreak()\n" if paper.annexes and paper.annexes[-1].is_wide else ""
    return [f"{break_}#place(bottom, float: true, clearance: 0pt, move(dy: {_HAIR}mm, {block}))"]


def _quoted(words: str) -> str:
    """A Typst string: JSON's escapes of quotes, backslashes and line ends are Typst's as well."""
    plain = "".join(letter for letter in words if letter == "\n" or ord(letter) >= 32)
    return json.dumps(plain, ensure_ascii=False)
