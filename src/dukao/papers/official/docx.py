"""A `Paper` as .docx, for an office that signs and seals in Word or WPS.

The measures are those of the PDF (`measures`), the fonts the standard's own by name: Word finds those the
office has. No macro, no link, nothing that is fetched.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.section import Section

from dukao.papers.official import measures as m
from dukao.papers.official.docx_marks import (
    make,
    make_border,
    make_paragraph,
    make_run,
    millimetres,
    printable,
    twips,
)
from dukao.papers.official.docx_pages import put_page
from dukao.papers.official.docx_styles import put_font_table, put_settings, put_styles
from dukao.papers.official.docx_tables import make_table
from dukao.papers.official.signing import sign_insets
from dukao.papers.official.titles import break_title, width
from dukao.papers.official.values import Annex, Block, Paper, Table, say_date

# Pictures and doubles of the template that a paper has no use for.
_UNWANTED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/webSettings", "/numbering")


# What a property of a document may hold.
_LONGEST = 255


def render_docx(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = Document()
    _prepare(document, paper)
    _Setting(document, paper).set()
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _prepare(document: Any, paper: Paper) -> None:
    put_styles(document)
    put_settings(document)
    put_font_table(document)
    document.settings.odd_and_even_pages_header_footer = True
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in rels.items() if one.reltype.endswith(_UNWANTED)]:
            del rels[key]
    properties = document.core_properties
    properties.title = printable(paper.title.replace("\n", ""))[:_LONGEST]
    properties.author = printable(paper.signature)[:_LONGEST]
    properties.comments = properties.last_modified_by = ""


# On the grid of lines words stand lower than the middle by as much, in points.
_LOW = 1.0


def _keep(is_kept: bool) -> Any:
    """The mark of a paragraph that stands on the page of the next one."""
    return make("keepNext") if is_kept else None


class _Setting:
    """Sets one paper, top to bottom; `room` is the width of the text of the page being set, in twips."""

    def __init__(self, document: Any, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.body = document.element.body
        self.room = millimetres(m.TEXT[0])

    def set(self) -> None:
        """The whole document."""
        paper = self.paper
        self._head()
        for at, block in enumerate(paper.body):
            self._block(block, is_kept=at >= paper.kept_from)
        self._foot()
        is_wide = False
        for annex, sign in zip(paper.annexes, paper.signs, strict=True):
            if annex.is_wide or is_wide:
                self._end_section(is_wide=is_wide)
            self._annex(annex, sign, needs_break=not annex.is_wide and not is_wide)
            is_wide = annex.is_wide
        if is_wide and paper.has_imprint:
            self._end_section(is_wide=True)
            is_wide = False
        self._imprint()
        self._put_page(self.body.sectPr, is_wide=is_wide)

    # The parts

    def _head(self) -> None:
        paper = self.paper
        if paper.mark and paper.form == "letter":
            # Seven eighths of a character below the rule; four fifths of a line stand above the baseline.
            above = m.LETTER_NUMBER_BELOW_RULE - (0.8 * m.LINE - m.ASCENT * m.BODY)
            self._add("LetterNumber", paper.number, make("spacing", before=twips(above)))
            self._blank(2)
        elif paper.mark:
            self._mark()
            self._blank(2)
            # The rule stands 4 mm below the characters, which do not fill their line.
            space = round(m.RULE_BELOW_NUMBER * m.POINTS - (m.LINE - m.BODY) / 2 + _LOW)
            rule = make_border("bottom", m.RED_RULE, color=m.RED, space=space)
            self._add("Number", paper.number, make("pBdr", rule))
            self._blank(2)
        self._title(paper.title)
        self._blank(1)
        if paper.addressees:
            self._add("Flush", f"{paper.addressees}：")

    def _mark(self) -> None:
        """The mark in red, the top of its characters 35 mm below the top of 版心."""
        size = m.mark_size(width(self.paper.mark))
        run = make_run(
            self.paper.mark, make("rPr", make("sz", val=round(2 * size)), make("szCs", val=round(2 * size)))
        )
        # Four fifths of an exact line stand above the baseline.
        above = m.MARK_BELOW_TOP * m.POINTS + (m.ASCENT - 0.8) * size
        line = {"before": twips(above), "line": twips(size), "lineRule": "exact"}
        self._put(
            make_paragraph("Mark", run, properties=(make("snapToGrid", val=0), make("spacing", **line)))
        )

    def _title(self, words: str) -> None:
        self._add("Headline", "\n".join(break_title(words, m.title_characters())))

    def _block(self, block: Block, *, is_kept: bool = False) -> None:
        if isinstance(block, Table):
            if block.caption:
                self._add("Caption", block.caption)
            self._put(make_table(block, self.room))
            if block.note:
                self._add("Cell", block.note)
        else:
            self._add(f"Head{block.level}" if block.level else "Words", block.words, _keep(is_kept))

    def _foot(self) -> None:
        """附件说明, signature, date, remark."""
        paper = self.paper
        lines = paper.attachments
        signed = bool(paper.signature and paper.dated)
        self._blank(1 if lines else 0, is_kept=signed)
        for at, line in enumerate(lines):
            sign = width(line[: line.index(" ") + 1]) if len(lines) > 1 else 0.0
            first, hang = 2 * m.BODY, 5 * m.ADVANCE + sign * m.BODY
            indent = make("ind", left=twips(hang), hanging=twips(hang - first))
            self._add("Flush", ("附件：" if at == 0 else "　　　") + line, _keep(signed), indent)
        if paper.dated and signed:
            self._blank(2, is_kept=True)
            day = say_date(paper.dated)
            insets = sign_insets(paper.signature, day, paper.is_sealed)
            for words, inset in zip((paper.signature, day), insets, strict=True):
                self._add(
                    "Sign",
                    words,
                    _keep(words is paper.signature),
                    make("ind", right=twips(inset * m.ADVANCE)),
                )
        if paper.remark:
            self._add("Words", f"（{paper.remark}）")

    def _annex(self, annex: Annex, sign: str, *, needs_break: bool) -> None:
        self.room = millimetres(m.TEXT[1] if annex.is_wide else m.TEXT[0])
        self._add("Annex", sign, make("pageBreakBefore") if needs_break else None)
        self._blank(1)
        self._title(annex.title)
        self._blank(1)
        for block in annex.blocks:
            self._block(block)

    def _imprint(self) -> None:
        """版记: paragraphs in one frame that stands on the bottom of 版心 of the last page."""
        paper = self.paper
        if not paper.has_imprint:
            return
        self._imprint_rule(m.THICK)
        if paper.copied_to:
            self._imprint_line(f"抄送：{paper.copied_to}。", hanging=3 * m.SMALL)
        if paper.printed_by and paper.form == "document":
            if paper.copied_to:
                self._imprint_rule(m.THIN)
            day = f"{say_date(paper.printed_on)}印发" if paper.printed_on else ""
            self._imprint_line(paper.printed_by, day)
        self._imprint_rule(m.THICK)
        self._put(make_paragraph("Hidden"))

    def _frame(self) -> Any:
        place = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
        return make("framePr", w=self.room, wrap="around", **place)

    def _imprint_rule(self, thick: float) -> None:
        """A rule as wide as the text: a low line, filled. A border would end at the indents."""
        if self.paper.form == "document":
            spacing = make("spacing", line=millimetres(thick), lineRule="exact")
            fill = make("shd", val="clear", color="auto", fill="000000")
            self._put(make_paragraph("Hidden", properties=(self._frame(), fill, spacing)))

    def _imprint_line(self, words: str, day: str = "", *, hanging: float = 0.0) -> None:
        edge, hang = twips(m.SMALL), twips(hanging)
        tabs = make("tabs", make("tab", val="right", pos=self.room - edge)) if day else None
        indent = make("ind", left=edge + hang, right=edge, hanging=hang)
        runs = [make_run(words), *([make("r", make("tab")), make_run(day)] if day else [])]
        self._put(make_paragraph("Imprint", *runs, properties=(self._frame(), tabs, indent)))

    # Paragraphs and sections

    def _put(self, element: Any) -> None:
        self.body.sectPr.addprevious(element)

    def _add(self, style: str, words: str, *properties: Any) -> None:
        self._put(make_paragraph(style, words=words, properties=properties))

    def _blank(self, count: int, *, is_kept: bool = False) -> None:
        for _ in range(count):
            self._add("Flush", "", _keep(is_kept))

    def _end_section(self, *, is_wide: bool) -> None:
        """Close the pages so far: the mark of a section stands in its last paragraph."""
        mark = make("sectPr")
        last = self.body.sectPr.getprevious()
        if last.tag != qn("w:p"):
            self._put(make_paragraph("Hidden"))
            last = self.body.sectPr.getprevious()
        last.pPr.append(mark)
        self._put_page(mark, is_wide=is_wide)

    def _put_page(self, mark: Any, *, is_wide: bool) -> None:
        paper = self.paper
        is_first = next(self.document.element.body.iter(qn("w:sectPr"))) is mark
        letter = None
        if paper.form == "letter" and paper.mark and is_first:
            letter = (paper.mark, m.mark_size(width(paper.mark)))
        put_page(Section(mark, self.document.part), is_wide=is_wide, letter=letter)
