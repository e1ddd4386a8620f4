"""A `Paper` as .docx, for an office that signs and seals in Word or WPS.

The same measures as the PDF (`measures`), the standard's own fonts by name: Word finds those the office has.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt, RGBColor

from dukao.papers.official import docx_marks as marks
from dukao.papers.official import measures as m
from dukao.papers.official.fonts import Face
from dukao.papers.official.titles import break_title, width
from dukao.papers.official.values import Annex, Block, Paper, Table, say_date

_HEADS: dict[int, Face] = {0: "fangsong", 1: "hei", 2: "kai", 3: "fangsong", 4: "fangsong"}
# A hair less than the advance, or the 28th character wraps.
_TIGHTER = m.ADVANCE - m.BODY - 0.04


def render_docx(paper: Paper) -> bytes:
    """The paper as a .docx file; the same paper gives the same words, and no field asks for a macro."""
    made = _Setting(paper).make()
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def _footers(section: Any) -> tuple[Any, Any]:
    return section.footer, section.even_page_footer


class _Setting:
    """Sets one paper, top to bottom."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self._prepare()

    def make(self) -> Any:
        """The whole document."""
        self._head()
        for block in self.paper.body:
            self._block(block)
        self._foot()
        for at, annex in enumerate(self.paper.annexes, 1):
            self._annex(annex, f"附件{at}" if len(self.paper.annexes) > 1 else "附件")
        self._imprint()
        for part in (self.document, *(one for section in self.document.sections for one in _footers(section))):
            marks.put_in_order(part._element)
        return self.document

    # The page

    def _prepare(self) -> None:
        self.document.settings.odd_and_even_pages_header_footer = True
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(m.BODY)
        marks.set_faces(normal.element.get_or_add_rPr(), "fangsong")
        format_ = normal.paragraph_format
        format_.space_before = format_.space_after = Pt(0)
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = self.paper.title.replace("\n", ""), "", ""
        self._set_page(self.document.sections[0], is_wide=False)

    def _set_page(self, section: Any, *, is_wide: bool) -> None:
        wide, tall = (m.PAGE[1], m.PAGE[0]) if is_wide else m.PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(tall)
        edges = (m.LEFT, m.TOP, m.RIGHT, m.BOTTOM) if is_wide else (m.TOP, m.RIGHT, m.BOTTOM, m.LEFT)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, edges)
        bottom = m.RIGHT if is_wide else m.BOTTOM
        section.footer_distance = Mm(max(bottom - m.FOOT_BELOW_TEXT - 4.0, 8.0))
        marks.set_grid(section)
        self._number(section.footer, ALIGN.RIGHT)
        self._number(section.even_page_footer, ALIGN.LEFT)

    def _number(self, footer: Any, align: Any) -> None:
        """— 1 —: odd pages one character from the right, even pages one from the left."""
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        edge = Pt(m.SMALL)
        if align == ALIGN.RIGHT:
            paragraph.paragraph_format.right_indent = edge
        else:
            paragraph.paragraph_format.left_indent = edge
        self._run(paragraph, "— ", "song", m.SMALL)
        marks.write_field(self._run(paragraph, "", "song", m.SMALL), "PAGE")
        self._run(paragraph, " —", "song", m.SMALL)

    # The parts

    def _head(self) -> None:
        paper = self.paper
        if paper.mark:
            self._mark()
            self._lines(2)
            self._line(paper.number, align=ALIGN.CENTER)
            marks.rule_below(self.document.paragraphs[-1])
            self._lines(2)
        self._title(paper.title)
        if paper.addressees:
            self._lines(1)
            self._line(f"{paper.addressees}：")

    def _mark(self) -> None:
        room = (m.PAGE[0] - m.LEFT - m.RIGHT) * m.POINTS
        size = min(m.MARK, room / max(width(self.paper.mark), 1))
        paragraph = self._paragraph(ALIGN.CENTER, spacing=size * 1.2)
        paragraph.paragraph_format.space_before = Mm(m.MARK_BELOW_TOP)
        run = self._run(paragraph, self.paper.mark, "title", size, is_bold=True)
        run.font.color.rgb = RGBColor.from_string(m.RED[1:])

    def _title(self, words: str) -> None:
        for line in break_title(words, m.title_characters()):
            paragraph = self._paragraph(ALIGN.CENTER, spacing=m.LINE * 1.15)
            self._run(paragraph, line, "title", m.TITLE, is_bold=True)

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        paragraph = self._paragraph(ALIGN.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Pt(2 * m.ADVANCE)
        if block.level:
            paragraph.paragraph_format.keep_with_next = True
            marks.set_outline(paragraph, block.level)
        self._run(paragraph, block.words, _HEADS[block.level], m.BODY, is_bold=False, tighter=True)

    def _foot(self) -> None:
        names = self.paper.attachment_names
        if names:
            self._lines(1)
        for at, name in enumerate(names, 1):
            sign = f"{at}. " if len(names) > 1 else ""
            lead = "附件：" if at == 1 else "　　　"
            self._line(f"　　{lead}{sign}{name}")
        if self.paper.signature and self.paper.dated:
            self._lines(2)
            self._sign(say_date(self.paper.dated))
        if self.paper.remark:
            self._line(f"　　（{self.paper.remark}）")

    def _sign(self, day: str) -> None:
        """The date four characters from the right, the signature centred above it, both for the seal."""
        wide = max(width(self.paper.signature), width(day))
        for words in (self.paper.signature, day):
            paragraph = self._paragraph(ALIGN.RIGHT)
            paragraph.paragraph_format.right_indent = Pt((4 + (wide - width(words)) / 2) * m.ADVANCE)
            self._run(paragraph, words, "fangsong", m.BODY, tighter=True)

    def _annex(self, annex: Annex, sign: str) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, is_wide=annex.is_wide)
        paragraph = self._paragraph(ALIGN.LEFT)
        self._run(paragraph, sign, "hei", m.BODY)
        self._lines(1)
        self._title(annex.title)
        self._lines(1)
        for block in annex.blocks:
            self._block(block)

    # Tables

    def _table(self, table: Table) -> None:
        made = self.document.add_table(rows=1, cols=len(table.columns))
        made.style, made.autofit = "Table Grid", False
        section = self.document.sections[-1]
        room = section.page_width - section.left_margin - section.right_margin
        shares = sum(column.share for column in table.columns)
        widths = [int(room * column.share / shares) for column in table.columns]
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            self._cell(cell, column.head, "hei", ALIGN.CENTER)
        marks.mark_row(made.rows[0], is_head=True)
        for row in table.rows:
            cells = made.add_row().cells
            marks.mark_row(made.rows[-1], is_head=False)
            for cell, content, column in zip(cells, row, table.columns, strict=True):
                align = ALIGN.CENTER if column.align == "center" else ALIGN.LEFT
                self._cell(cell, content.words if content else "", "fangsong", align)
        for at, wide in enumerate(widths):
            made.columns[at].width = wide
            for cell in made.columns[at].cells:
                cell.width = wide
        marks.merge_cells(made, table)
        if table.note:
            paragraph = self._paragraph(ALIGN.LEFT)
            self._run(paragraph, table.note, "fangsong", m.CELL)

    def _cell(self, cell: Any, words: str, face: Face, align: Any) -> None:
        cell.vertical_alignment = 1
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        marks.set_spacing(paragraph, m.CELL + 5)
        self._run(paragraph, words, face, m.CELL)

    def _imprint(self) -> None:
        """版记 at the foot of the last page: a table that floats on the bottom of 版心."""
        paper = self.paper
        if not paper.printed_by:
            return
        lines = [f"抄送：{paper.copied_to}。"] if paper.copied_to else []
        day = f"{say_date(paper.printed_on)}印发" if paper.printed_on else ""
        made = self.document.add_table(rows=len(lines) + 1, cols=2)
        for row, words in zip(made.rows, lines, strict=False):
            self._imprint_cell(row.cells[0].merge(row.cells[1]), words, ALIGN.LEFT)
        last = made.rows[-1].cells
        self._imprint_cell(last[0], paper.printed_by, ALIGN.LEFT)
        self._imprint_cell(last[1], day, ALIGN.RIGHT)
        marks.float_to_bottom(made)
        marks.rule_imprint(made)
        self._line("", size=1, spacing=1.0)

    def _imprint_cell(self, cell: Any, words: str, align: Any) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        marks.set_spacing(paragraph, m.SMALL + 8)
        edge = Pt(m.SMALL)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = edge
        if words.startswith("抄送："):
            paragraph.paragraph_format.left_indent = 4 * edge
            paragraph.paragraph_format.first_line_indent = -3 * edge
        self._run(paragraph, words, "fangsong", m.SMALL)

    # Paragraphs and runs

    def _paragraph(self, align: Any, *, spacing: float = m.LINE) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        marks.set_spacing(paragraph, spacing)
        return paragraph

    def _line(self, words: str, *, align: Any = ALIGN.LEFT, size: float = m.BODY, spacing: float = m.LINE) -> None:
        self._run(self._paragraph(align, spacing=spacing), words, "fangsong", size, tighter=True)

    def _lines(self, count: int) -> None:
        for _ in range(count):
            self._line("")

    def _run(
        self, paragraph: Any, words: str, face: Face, size: float, *, is_bold: bool = False, tighter: bool = False
    ) -> Any:
        run = paragraph.add_run(words)
        run.font.size, run.font.bold = Pt(size), is_bold
        properties = run._r.get_or_add_rPr()
        marks.set_faces(properties, face)
        if tighter:
            marks.set_tracking(properties, _TIGHTER)
        return run
