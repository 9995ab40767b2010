"""GB/T 9704-2012 as numbers: every length, size and tolerance that the project sets or measures, each with its clause.

Lengths are millimetres from the top left corner of the sheet, type sizes are points; "cell" is one character of the element's own
size (clause 3.1). Where the standard gives no figure the source is named instead: ``FIG`` is a measurement of the standard's own
figures, ``33476.2`` is GB/T 33476.2-2016, ``practice`` is neither.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

MM_PER_INCH: Final = 25.4
MM_PER_PT: Final = MM_PER_INCH / 72

# --- Paper and type area (clauses 5.1, 5.2.1) ---------------------------------------------------------------------------------

PAGE_WIDTH: Final = 210.0
PAGE_HEIGHT: Final = 297.0
LEFT: Final = 28.0
TOP: Final = 37.0
WIDTH: Final = 156.0
HEIGHT: Final = 225.0
RIGHT: Final = LEFT + WIDTH
BOTTOM: Final = TOP + HEIGHT
AXIS: Final = LEFT + WIDTH / 2

# --- Type sizes, in points (clause 5.2.2 names the sizes, software fixes the points) ------------------------------------------

SIZE_3: Final = 15.79
"""3号: 156 mm / 28 cells (5.2.3); a plain 16 pt sets only 27 characters in the line."""
SIZE_2: Final = 22.0
SIZE_4: Final = 14.0
SIZE_SMALL_4: Final = 12.0
SIZE_5: Final = 10.5
SIZE_MARK: Final = 42.0
"""初号 for the mark: 7.2.4 leaves the size free, FIG has 14.6 mm of advance."""

EM: Final = SIZE_3 * MM_PER_PT
EM_2: Final = SIZE_2 * MM_PER_PT
EM_4: Final = SIZE_4 * MM_PER_PT

# --- The grid (clause 5.2.3) --------------------------------------------------------------------------------------------------

LINES: Final = 22
CELLS: Final = 28
PITCH: Final = (HEIGHT - EM) / (LINES - 1)
"""22 character heights and 21 gaps fill the type area: 10.449 mm (29.6 pt)."""
PITCH_TIGHT: Final = 28.5 * MM_PER_PT
"""The least pitch to which a page may be tightened so that the signature does not stand alone (7.3.5.5)."""
PITCH_LOOSE: Final = PITCH * 1.03
"""The most a page with a head or gaps may be stretched to fill the type area (FIG 2 to 6: up to 3 %)."""
BOLD_STROKE: Final = 0.03
"""Em by which strokes grow where a unit sets its third level in bold, about as much as word processors add (practice)."""
PITCH_TITLE: Final = 35.5 * MM_PER_PT
"""Title lines: one 行 of 2号, that is the height of a character and 7/8 of a 3号 character (3.2)."""

# --- Gaps from edge to edge (clause 3.2, 33476.2) -----------------------------------------------------------------------------

BLANK_LINE: Final = 10.39
"""空一行."""
TWO_BLANK_LINES: Final = 20.78
"""空二行."""

# --- Head (clause 7.2) --------------------------------------------------------------------------------------------------------

MARK_TOP: Final = TOP + 35.0
RULE_BELOW_NUMBER: Final = 4.0
RED_RULE_WEIGHT: Final = 0.53
"""1.5 pt; the standard gives the length only, FIG 0.56 mm."""
JOINT_MARK_PITCH: Final = 1.36
"""Em from name to name in the mark of a joint document: 20.2 mm at 42 pt (FIG 3 and 4: 19.7 to 21 mm)."""
JOINT_MARK_GAP: Final = 0.5
"""Em between the names and 文件 beside them (FIG 3)."""
JOINT_MARK_HEIGHT: Final = 75.0
"""The most that a joint mark takes, so that page one still shows text of the body (7.2.4)."""
COPY_NUMBER_DIGITS: Final = 6
SIGNERS_PER_ROW: Final = 2

# --- Body (clause 7.3) --------------------------------------------------------------------------------------------------------

PARAGRAPH_INDENT: Final = 2
TITLE_CELLS: Final = WIDTH / EM_2
ATTACHMENT_INDENT: Final = 2
ENCLOSURE_TITLE_ROW: Final = 2
"""The attachment's title stands on the third line (7.3.7): row 2 of the grid, counted from 0. So does that of a document that a
notice issues (practice)."""
SUBTITLE_GAP: Final = 4.84
"""From the ink of the title to 题注 on the next line: 7/8 of a 3号 character, the blank between two lines of 3.2 (practice)."""
SIGNATURE_INDENT: Final = 2
DATE_SHIFT: Final = 2
NOTE_INDENT: Final = 2
LINES_WITH_SIGNATURE: Final = 2
"""The fewest lines of text on the page that holds the signature (7.3.5.5)."""
HEADING_LEVELS: Final = 4

# --- Signing under a seal (clause 7.3.5.1) ------------------------------------------------------------------------------------

SEALED_INDENT: Final = 4
"""Cells between the date and the right edge."""
SEAL_DIAMETER: Final = 45.0
"""Of a seal whose draft gives none: what 国发〔1999〕25号 lays down for organs of cities and counties."""
SEAL_BELOW_TEXT: Final = 7.1
"""From the text down to the upper edge of the seal (FIG 5); the clause allows one 行."""
SEAL_DROP: Final = 0.45
"""Diameters from the centre of a seal down to the middle of the date under it (FIG 5)."""
SEAL_SIDES: Final = 0.02
"""What the sides of the image of a seal may differ by: of 45 mm less than the 1 mm that print is true to (6.1)."""
SEAL_COVER: Final = 0.5
"""Of the image of a seal, what its ink may cover; rim, star and characters are about a quarter, a white ground is all (practice)."""
SEALS_PER_ROW: Final = 3
"""What fits the type area's width at the usual diameters (FIG 8)."""
SEAL_GAP: Final = 3.0
"""Between two seals where there is room (practice)."""
SEAL_GAP_LEAST: Final = 1.0
"""Between two seals in any case: they neither cross nor touch, and print is true to 1 mm (6.1)."""

# --- Signing by stamp (clause 7.3.5.3) ----------------------------------------------------------------------------------------

STAMP_INDENT: Final = 4
"""Cells between stamp or date and the right edge."""
STAMP_TITLE_GAP: Final = 2
"""Cells between the title of the person who signs and the stamp."""
STAMP_HEIGHT: Final = 10.0
"""The clause gives no size; less than one 行 (10.39 mm), so that stamps one below the other stay apart (practice)."""
STAMP_WIDTH: Final = 40.0
"""The most that a long stamp takes (practice)."""
STAMP_CELLS: Final = 4
"""Cells that are kept for a stamp set by hand: a name of three or four characters (practice)."""
# --- Figures (practice: the standard does not speak of them) ----------------------------------------------------------------------

FIGURE_GAP: Final = 3.0
"""From the lower edge of the image to the upper edge of its caption's first em box."""
FIGURE_CAPTION_PITCH: Final = 8.0
"""From line to line of a caption, which is set in 4号."""
FIGURE_FRAME_WEIGHT: Final = 0.25
"""The frame around the place of an image that is not there yet."""
FIGURE_DENSITY: Final = 300.0
"""Dots per inch below which a photograph looks coarse in print."""

# --- Imprint (clause 7.4) -----------------------------------------------------------------------------------------------------

IMPRINT_RULE_THICK: Final = 0.35
IMPRINT_RULE_THIN: Final = 0.25
IMPRINT_INDENT: Final = 1
IMPRINT_ROW: Final = 9.0
"""FIG: the issuing row, and the first line of the copies."""
IMPRINT_LINE: Final = 8.0
"""FIG: each further line of the copies."""
IMPRINT_CLEARANCE: Final = BLANK_LINE
"""At least 空一行 between the text and the first rule, so that the imprint reads as one (practice)."""

# --- Page numbers (clause 7.5) ------------------------------------------------------------------------------------------------

FOLIO_DASH: Final = BOTTOM + 7.0
FOLIO_INDENT: Final = 1

# --- Letter format (clause 10.1) ------------------------------------------------------------------------------------------------

LETTER_MARK_TOP: Final = 30.0
"""From the upper edge of the sheet."""
SIZE_LETTER_MARK: Final = 36.0
"""小初 for the mark of a letter (practice; the clause leaves the size free)."""
LETTER_RULE_BELOW_MARK: Final = 4.0
LETTER_RULE_WIDTH: Final = 170.0
LETTER_RULE_LEFT: Final = AXIS - LETTER_RULE_WIDTH / 2
"""Centred on the axis of the type area, so that rule, mark and title align; the clause does not name the axis."""
LETTER_RULE_THICK: Final = 0.75
LETTER_RULE_GAP: Final = 0.9
LETTER_RULE_THIN: Final = 0.25
"""Weights and gap of the double rules (FIG 11)."""
LETTER_RULE: Final = LETTER_RULE_THICK + LETTER_RULE_GAP + LETTER_RULE_THIN
LETTER_RULE_BOTTOM: Final = PAGE_HEIGHT - 20.0
"""The lower edge of the second double rule."""
LETTER_GAP: Final = 4.84
"""7/8 of the height of a 3号 character: below the first rule and above the second (10.1, 33476.2)."""
LETTER_FIRST_BOTTOM: Final = LETTER_RULE_BOTTOM - LETTER_RULE - LETTER_GAP
"""Where the text of page one may end, below the type area of other pages (FIG 11)."""

# --- Order format (clause 10.2) -------------------------------------------------------------------------------------------------

ORDER_MARK_TOP: Final = TOP + 20.0

# --- Minutes format (clause 10.3) -----------------------------------------------------------------------------------------------

MINUTES_MARK_TOP: Final = TOP + 35.0
ISSUE_INDENT: Final = 1
"""Cells left of the organ and right of the date in the head of minutes (practice)."""
ATTENDANCE_INDENT: Final = 2
# --- Bulletin 简报 (practice; 9704 says nothing of it) ------------------------------------------------------------------------

BULLETIN_MARK_TOP: Final = TOP + 25.0
"""The ink of the name; 20 to 35 mm below the upper edge of the type area are usual."""
SIZE_BULLETIN_MARK: Final = 48.0
"""The size of the name is free."""
BULLETIN_INDENT: Final = 1
"""Cells that office and date stand in from the edges."""
BULLETIN_RULE_WEIGHT: Final = 0.7
"""2 pt; 0.5 to 0.8 mm are usual."""

# --- Speech 讲话稿 (practice; 9704 says nothing of it) --------------------------------------------------------------------------

SPEECH_TITLE_TOP: Final = TOP + BLANK_LINE
"""The ink of the title: 空一行 below the upper edge of the type area."""
SIZE_READING: Final = 22.1
"""2号 for a copy to be read aloud: 156 mm / 20 cells."""
READING_CELLS: Final = 20
READING_LINES: Final = 19
"""At 34.2 pt, between the 32 and 36 pt that are usual; 20 lines would stand at 32.4 pt."""
READING_PITCH: Final = (HEIGHT - SIZE_READING * MM_PER_PT) / (READING_LINES - 1)
SIZE_READING_TITLE: Final = 26.0
"""1号: one step above the text, as 2号 is above 3号."""
# --- Tables (clause 8 and practice) ---------------------------------------------------------------------------------------------

TABLE_SIZES: Final = (SIZE_4, SIZE_SMALL_4, SIZE_5)
"""Sizes of the text of a table: the first one that its columns have room for (practice; nothing below 5号)."""
TABLE_ROW: Final = PITCH
"""A row of one line, whatever its size: 22 rows stand on a page as 22 lines do (practice)."""
TABLE_LEADING: Final = PITCH * 2 / 3 / EM_4
"""Line pitch inside a cell, in cells: three lines of 4号 take two lines of the text, so that rows keep to the grid (practice)."""
TABLE_PADDING: Final = 0.5
"""Cells between a vertical rule and text (practice)."""
TABLE_RULE: Final = IMPRINT_RULE_THIN
TABLE_TOTAL_RULE: Final = IMPRINT_RULE_THICK
"""Weights of the rules of a table, and of the one above its totals (practice, as 7.4.1 has them in the imprint)."""
TABLE_GAP: Final = (PITCH - EM) / 2
"""From the em box of the title to the table, so that the rows stand on the grid of the page (practice)."""
TABLE_MOST_ROWS: Final = 20_000
TABLE_MOST_COLUMNS: Final = 40

# --- Colours (clause 6.2) -----------------------------------------------------------------------------------------------------

RED_CMYK: Final = (0.0, 0.8, 0.8, 0.0)
BLACK_CMYK: Final = (0.0, 0.0, 0.0, 1.0)
RED_RGB: Final = "#FF0000"
BLACK_RGB: Final = "#000000"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured rule: what is measured, what it should be, and the window that passes.

    ``value``, ``low`` and ``high`` are millimetres unless ``unit`` says otherwise. ``must`` follows from the wording of the
    standard: a rule stated without a hedge.
    """

    rule: str
    clause: str
    what: str
    value: float
    low: float
    high: float
    must: bool = True
    unit: str = "mm"

    def met_by(self, measured: float) -> bool:
        """Whether a measured value lies in the window."""
        return self.low <= measured <= self.high


def _none(rule: str, clause: str, what: str, *, must: bool = True, unit: str = "处") -> Measure:
    """A count of faults: there should be none."""
    return Measure(rule, clause, what, 0.0, 0.0, 0.0, must, unit)


def _about(
    rule: str, clause: str, what: str, value: float, tolerance: float, *, must: bool = True, unit: str = "mm"
) -> Measure:
    return Measure(rule, clause, what, value, value - tolerance, value + tolerance, must, unit)


MEASURES: Final = {
    measure.rule: measure
    for measure in (
        _none("PDF", "PDF", "不能读取的页", unit="页"),
        _about("P-01.width", "5.1", "纸张宽度（裁切框）", PAGE_WIDTH, 0.5),
        _about("P-01.height", "5.1", "纸张高度（裁切框）", PAGE_HEIGHT, 0.5),
        _none("P-01.trim", "PDF/X-4", "没有裁切框的页", unit="页"),
        Measure("P-02", "5.2.1", "天头（版心上边缘）", TOP, TOP - 1.0, TOP + 1.0),
        Measure("P-03", "5.2.1", "订口（版心左边缘）", LEFT, LEFT - 1.0, LEFT + 1.0),
        Measure("P-04.left", "5.2.1", "版心内最左的墨迹", LEFT, LEFT - 0.3, math.inf),
        Measure("P-04.right", "5.2.1", "版心内最右的墨迹", RIGHT, -math.inf, RIGHT + 0.3),
        Measure("P-04.top", "5.2.1", "版心内最上的墨迹", TOP, TOP - 0.3, math.inf),
        Measure("P-04.bottom", "5.2.1", "版心内最下的墨迹", BOTTOM, -math.inf, BOTTOM + 0.3),
        _about("P-04.figure", "practice", "图片中心", AXIS, 0.5, must=False),
        Measure(
            "P-04.caption", "practice", "图片下边缘到图题", FIGURE_GAP, FIGURE_GAP - 0.3, FIGURE_GAP + 1.5, must=False
        ),
        _about("P-04.captionaxis", "practice", "图题各行中心", AXIS, 1.0, must=False),
        _about("P-06.caption", "practice", "图题字号", SIZE_4, 0.2, must=False, unit="pt"),
        _none("P-06.captionface", "practice", "图题中不是仿宋的汉字", must=False, unit="字"),
        _about("P-06", "5.2.2", "正文字号", SIZE_3, 0.31, must=False, unit="pt"),
        _none("P-06.face", "5.2.2", "正文中不是仿宋的汉字", must=False, unit="字"),
        _about("P-07", "5.2.3", "每面行数", LINES, 0, must=False, unit="行"),
        _about("P-08", "5.2.3", "每行字数", CELLS, 1, must=False, unit="字"),
        Measure("P-09", "5.2.3", "满页末行下边缘", BOTTOM, 259.5, BOTTOM + 0.3, must=False),
        Measure("P-10", "5.2.3", "行距", PITCH, 9.85, 10.8, must=False),
        Measure("P-10.even", "5.2.3", "同一面行距的标准差", 0.0, 0.0, 0.15, must=False),
        _none("P-13", "5.2.4", "不是黑色的字", unit="字"),
        # Word processors round every advance of a justified line, which adds up to half a millimetre.
        _about("P-14", "5.2.3", "满行右边缘（字身）", RIGHT, 0.6, must=False),
        _none("P-15", "GB/T 15834 5.1", "不该在行首或行末的标点"),
        _none("P-16", "GB/T 15834 5.1.4", "拆在两行的破折号或省略号"),
        _none("P-18", "GB/T 15835 5.1.7", "拆在两行的阿拉伯数字", must=False),
        _none("P-20", "practice", "人为加粗的字", must=False, unit="字"),
        Measure("H-03", "7.2.1", "份号上边缘", TOP, TOP, TOP + 2.5),
        _about("H-03.left", "7.2.1", "份号左边缘", LEFT, 0.8),
        _none("H-05", "7.2.2", "密级中不是黑体的汉字", must=False, unit="字"),
        Measure("H-06", "7.2.2", "密级上边缘（第二行）", TOP + PITCH, TOP + 9.4, TOP + 11.2),
        _about("H-06.left", "7.2.2", "密级左边缘", LEFT, 0.8),
        _none("H-09", "7.2.3", "紧急程度中不是黑体的汉字", must=False, unit="字"),
        Measure("H-10", "7.2.3", "份号、密级、紧急程度的行距", PITCH, 9.4, 10.8),
        _about("H-10.left", "7.2.3", "紧急程度左边缘", LEFT, 0.8),
        _about("H-13", "7.2.4", "发文机关标志上边缘", MARK_TOP, 0.5),
        _about("H-14", "7.2.4", "发文机关标志中心", AXIS, 0.5),
        _none("H-15", "7.2.4", "发文机关标志中不是红色的字", unit="字"),
        _none("H-15.face", "7.2.4", "发文机关标志中不是小标宋的汉字", must=False, unit="字"),
        Measure("H-16", "7.2.4", "发文机关标志宽度", WIDTH, -math.inf, WIDTH + 0.3, must=False),
        _none("H-17", "7.2.4", "联合行文标志中次序不合的机关名称", must=False, unit="个"),
        _about("H-17.left", "FIG 3", "联合行文标志中机关名称左对齐", 0.0, 0.6, must=False),
        _about("H-17.right", "FIG 3", "联合行文标志中机关名称右对齐", 0.0, 0.6, must=False),
        _about("H-17.suffix", "7.2.4", "联合行文标志“文件”与机关名称上下居中之差", 0.0, 1.5),
        Measure("H-19", "FIG 3", "联合行文标志行距的标准差", 0.0, 0.0, 0.15, must=False),
        _about("H-20.gap", "7.2.5", "标志下边缘到发文字号上边缘", TWO_BLANK_LINES, 1.0),
        _about("H-20.axis", "7.2.5", "发文字号中心", AXIS, 1.0),
        _none("H-27", "7.2.6", "签发人字体不合的汉字（“签发人”仿宋、姓名楷体）", unit="字"),
        Measure("H-28", "7.2.6", "签发人右边缘", RIGHT - EM, RIGHT - EM - 1.2, RIGHT - EM + 1.2),
        Measure("H-29", "7.2.5", "上行文发文字号左边缘", LEFT + EM, LEFT + EM - 1.0, LEFT + EM + 1.0),
        _about("H-29.line", "7.2.5", "发文字号与末行签发人的高低差", 0.0, 0.5),
        _about("H-30", "7.2.6", "各行签发人姓名对齐", 0.0, 0.6, must=False),
        _about("H-32", "7.2.7", "发文字号下边缘到红色分隔线", RULE_BELOW_NUMBER, 0.5),
        _about("H-33", "7.2.7", "标题以上的分隔线", 1, 0, unit="条"),
        _none("H-33.red", "7.2.7", "不是红色的分隔线", unit="条"),
        _about("H-33.left", "7.2.7", "红色分隔线左端", LEFT, 0.5),
        _about("H-33.right", "7.2.7", "红色分隔线右端", RIGHT, 0.5),
        _about("B-02", "7.3.1", "标题字号", SIZE_2, 0.3, must=False, unit="pt"),
        _none("B-02.face", "7.3.1", "标题中不是小标宋的汉字", must=False, unit="字"),
        _about("B-03", "7.3.1", "红色分隔线到标题上边缘", TWO_BLANK_LINES, 1.0),
        _about("B-04", "7.3.1", "标题行中心", AXIS, 1.0),
        Measure("B-09", "practice", "标题行距", PITCH_TITLE, 10.5, 13.5, must=False),
        Measure("B-10.gap", "7.3.2", "标题下边缘到主送机关上边缘", BLANK_LINE, 9.4, 16.2),
        _about("B-10.left", "7.3.2", "主送机关左边缘", LEFT, 0.8),
        Measure("B-11", "7.3.3", "首页正文行数", 1, 1, LINES, unit="行"),
        Measure("B-16", "7.3.3", "主送机关到正文首行的行距", PITCH, 9.85, 10.8),
        _about("B-17", "7.3.3", "段首左边缘", LEFT + 2 * EM, 0.8),
        _about("B-17.left", "7.3.3", "回行左边缘", LEFT, 0.8),
        _none("B-19.1", "7.3.3", "第一层标题中不是黑体的汉字", must=False, unit="字"),
        _none("B-19.2", "7.3.3", "第二层标题中不是楷体的汉字", must=False, unit="字"),
        _none("B-20", "practice", "第三层标题中没有加粗的字", must=False, unit="字"),
        _none("B-19.chapter", "practice", "章的标题中不是黑体的汉字", must=False, unit="字"),
        _none("B-19.section", "practice", "节的标题中不是楷体的汉字", must=False, unit="字"),
        _none("B-19.article", "practice", "条的序号中不是黑体的汉字", must=False, unit="字"),
        _about("B-19.centre", "practice", "章、节标题行中心", AXIS, 1.0, must=False),
        Measure("B-26.gap", "7.3.4", "正文到附件说明", BLANK_LINE, 9.4, 16.2),
        _about("B-26.left", "7.3.4", "附件说明左边缘", LEFT + 2 * EM, 0.8),
        _about("B-27", "7.3.4", "附件顺序号对齐", 0.0, 0.6),
        _about("B-29", "7.3.4", "附件名称回行对齐", 0.0, 0.6),
        Measure("B-41.gap", "7.3.5.2", "正文到署名", BLANK_LINE, 9.4, 16.2),
        _about("B-34", "7.3.5.1", "盖章公文成文日期右边缘", RIGHT - SEALED_INDENT * EM, 1.2, must=False),
        _about("B-35", "7.3.5.1", "署名与成文日期左右居中之差", 0.0, 0.8, must=False),
        _none("B-36", "7.3.5.1", "没有印章的署名"),
        _about("B-36.axis", "7.3.5.1", "印章与署名左右居中之差", 0.0, 0.8),
        _about("B-36.round", "7.3.5.1", "印章宽度与高度之差", 0.0, 0.3),
        Measure("B-36.name", "7.3.5.1", "署名在印章中心以下（直径的倍数）", 0.27, 0.0, 0.5, unit=""),
        Measure("B-36.date", "7.3.5.1", "成文日期在印章中心以下（直径的倍数）", SEAL_DROP, 0.0, 0.5, unit=""),
        Measure("B-37", "7.3.5.1", "正文到印章顶端", SEAL_BELOW_TEXT, 0.0, BLANK_LINE),
        Measure("B-37.room", "7.3.5.1", "正文到署名，减去印章所需", SEAL_BELOW_TEXT, 0.0, BLANK_LINE),
        _none("B-39", "7.3.5.1", "联合行文盖章时次序不合的署名", unit="个"),
        Measure("B-39.gap", "7.3.5.1", "印章之间的距离", SEAL_GAP, 0.1, math.inf),
        _about("B-39.line", "7.3.5.1", "同一排印章的高低差", 0.0, 0.5),
        Measure("B-39.left", "7.3.5.1", "最左的印章左边缘", LEFT, LEFT - 0.3, math.inf),
        Measure("B-39.right", "7.3.5.1", "最右的印章右边缘", RIGHT, -math.inf, RIGHT + 0.3),
        Measure("B-31", "practice", "印发件标题上边缘（第三行）", TOP + 19.8, TOP + 19.0, TOP + 23.0, must=False),
        _none("B-31.new", "practice", "印发件首页上标题以上的文字", must=False, unit="行"),
        _about("B-31.centre", "practice", "印发件标题行中心", AXIS, 1.0, must=False),
        _about("B-31.size", "practice", "印发件标题字号", SIZE_2, 0.3, must=False, unit="pt"),
        Measure("B-31.gap", "practice", "印发件标题到其正文", BLANK_LINE, 9.4, 16.2, must=False),
        _about("B-41.right", "7.3.5.2", "署名右边缘", RIGHT - 2 * EM, 1.0),
        _about("B-42", "7.3.5.2", "成文日期首字右移", 2 * EM, 1.0),
        _about("B-43", "7.3.5.2", "成文日期右边缘", RIGHT - 2 * EM, 1.0),
        _about("B-44.left", "FIG 9", "联合行文署名左对齐", 0.0, 0.6, must=False),
        _about("B-44.right", "FIG 9", "联合行文署名右对齐", 0.0, 0.6, must=False),
        Measure("B-45", "7.3.5.3", "正文到签名章", TWO_BLANK_LINES, 19.3, 26.6),
        _about("B-45.right", "7.3.5.3", "签名章右边缘", RIGHT - STAMP_INDENT * EM, 1.2),
        _about("B-46", "7.3.5.3", "签发人职务到签名章", STAMP_TITLE_GAP * EM, 3.0),
        _none("B-46.missing", "7.3.5.3", "没有签名章的签发人职务"),
        _about("B-46.middle", "7.3.5.3", "签发人职务与签名章上下居中之差", 0.0, 1.0),
        Measure("B-47", "7.3.5.3", "签名章到成文日期", BLANK_LINE, 9.4, 16.2),
        _about("B-47.right", "7.3.5.3", "签名章公文成文日期右边缘", RIGHT - STAMP_INDENT * EM, 1.2),
        _none("B-48", "7.3.5.3", "联合行文次序不合的签发人职务", unit="个"),
        _about("B-48.left", "7.3.5.3", "联合行文签发人职务左对齐", 0.0, 0.6),
        _about("B-48.right", "7.3.5.3", "联合行文签名章右对齐", 0.0, 0.6),
        Measure(
            "B-51",
            "7.3.5.5",
            "署名所在页的正文行数",
            LINES_WITH_SIGNATURE,
            LINES_WITH_SIGNATURE,
            LINES,
            must=False,
            unit="行",
        ),
        _about("B-53.left", "7.3.6", "附注左边缘", LEFT + 2 * EM, 0.8),
        Measure("B-53.gap", "7.3.6", "成文日期到附注的行距", PITCH, 9.85, 10.8),
        _none("B-56", "7.3.7", "附件首页上附件标识以上的文字", unit="行"),
        _none("B-57", "7.3.7", "附件标识中不是黑体的汉字", unit="字"),
        Measure("B-57.top", "7.3.7", "附件标识上边缘", TOP, TOP, TOP + 1.5),
        _about("B-57.left", "7.3.7", "附件标识左边缘", LEFT, 0.8),
        Measure("B-58", "7.3.7", "附件标题上边缘（第三行）", TOP + 19.8, TOP + 19.0, TOP + 23.0),
        _about("B-58.axis", "7.3.7", "附件标题行中心", AXIS, 1.0),
        _about("B-59.size", "FIG 10", "附件标题字号", SIZE_2, 0.3, must=False, unit="pt"),
        Measure("B-59", "FIG 10", "附件标题到附件正文", BLANK_LINE, 9.4, 16.2, must=False),
        _none("B-61", "7.3.7", "不装订附件的首行不是发文字号、附件和顺序号"),
        Measure("B-63", "practice", "标题下边缘到题注", SUBTITLE_GAP, 4.0, 6.5, must=False),
        _none("B-63.face", "practice", "题注中不是楷体的汉字", must=False, unit="字"),
        _about("B-63.centre", "practice", "题注行中心", AXIS, 1.0, must=False),
        _about("R-01.left", "7.4.1", "版记分隔线左端", LEFT, 0.5),
        _about("R-01.right", "7.4.1", "版记分隔线右端", RIGHT, 0.5),
        _about("R-02.thick", "7.4.1", "版记首末分隔线粗细", IMPRINT_RULE_THICK, 0.08, must=False),
        _about("R-02.thin", "7.4.1", "版记中间分隔线粗细", IMPRINT_RULE_THIN, 0.08, must=False),
        _none("R-01", "7.4.1", "多出或缺少的版记分隔线", unit="条"),
        _about("R-03", "7.4.1", "版记末条分隔线下边缘", BOTTOM, 0.3),
        _none("R-03.page", "7.4.1", "版记以后的页", unit="页"),
        _none("R-04", "7.4.1", "不是黑色的版记分隔线", unit="条"),
        _about("R-05", "33476.2 7.3.1", "版记所在页码除以二的余数", 0, 0, unit=""),
        _about("R-06.size", "7.4.2", "版记字号", SIZE_4, 0.2, must=False, unit="pt"),
        _none("R-06.face", "7.4.2", "版记中不是仿宋的汉字", must=False, unit="字"),
        _about("R-06.left", "7.4.2", "抄送机关左边缘", LEFT + EM_4, 0.8, must=False),
        _about("R-07", "7.4.2", "抄送机关回行对齐", 0.0, 0.6),
        _about("R-09", "7.4.2", "主送机关到抄送机关的行距", IMPRINT_LINE, 1.5),
        _none("R-09.rules", "7.4.2", "主送机关与抄送机关之间的线", unit="条"),
        _about("R-10.left", "7.4.3", "印发机关左边缘", LEFT + EM_4, 1.0),
        _about("R-10.right", "7.4.3", "印发日期右边缘", RIGHT - EM_4, 1.0),
        _about("R-10.line", "7.4.3", "印发机关与印发日期的高低差", 0.0, 0.5),
        _about("R-12", "7.4.3", "印发机关上方分隔线", BOTTOM - IMPRINT_ROW, 1.5),
        _about("N-01", "7.5", "页码字号", SIZE_4, 0.2, must=False, unit="pt"),
        _none("N-01.face", "7.5", "页码中不是宋体的字", must=False, unit="字"),
        _none("N-02", "7.5", "不合“— 1 —”样式的页码"),
        _about("N-03", "7.5", "页码一字线中线", FOLIO_DASH, 0.5),
        Measure("N-04.odd", "7.5", "单页码右边缘", RIGHT - EM_4, 175.0, 180.5),
        Measure("N-04.even", "7.5", "双页码左边缘", LEFT + EM_4, 31.5, 36.5),
        _about("N-09", "practice", "居中的页码中心", AXIS, 1.0, must=False),
        _none("N-05", "7.5", "空白页和其后版记页上的页码"),
        _none("N-06", "7.5", "页码与页序之差", unit=""),
        _none("T-01", "8", "横排表格页上不在原处的页码", unit="面"),
        _none("T-02", "8", "横排表格页上不在表身之左的表头文字", unit="字"),
        _about("T-03", "8", "横排表格向左转的角度", 90, 0.5, unit="度"),
        _none("T-04", "5.2.1", "版心之外的表格文字和表线"),
        _none("T-05.head", "practice", "没有重复表头的续页", must=False, unit="页"),
        _none("T-05.row", "practice", "拆到两页的表格行", must=False, unit="行"),
        Measure("T-06", "practice", "表内文字字号", SIZE_4, SIZE_5 - 0.1, SIZE_4 + 0.1, must=False, unit="pt"),
        _none("L-01", "10.1", "信函标志末尾的“文件”"),
        _about("L-01.axis", "10.1", "信函标志中心", AXIS, 0.5),
        _none("L-01.red", "10.1", "信函标志中不是红色的字", must=False, unit="字"),
        _none("L-01.face", "10.1", "信函标志中不是小标宋的汉字", must=False, unit="字"),
        _about("L-02", "10.1", "纸的上边到信函标志上边缘", LETTER_MARK_TOP, 1.0),
        Measure(
            "L-03", "10.1", "信函标志下边缘到第一条双线", LETTER_RULE_BELOW_MARK, LETTER_RULE_BELOW_MARK - 0.1, 5.0
        ),
        _about("L-03.rules", "10.1", "信函标题以上的线", 2, 0, unit="条"),
        _none("L-03.order", "10.1", "第一条双线不是上粗下细"),
        _none("L-03.red", "10.1", "第一条双线中不是红色的线", unit="条"),
        _about("L-04", "10.1", "第二条双线下边缘", LETTER_RULE_BOTTOM, 1.0),
        _about("L-04.rules", "10.1", "第二条双线的线", 2, 0, unit="条"),
        _none("L-04.order", "10.1", "第二条双线不是上细下粗"),
        _none("L-04.red", "10.1", "第二条双线中不是红色的线", unit="条"),
        _about("L-05", "10.1", "双线长度", LETTER_RULE_WIDTH, 0.6),
        _about("L-05.axis", "10.1", "双线中心", AXIS, 1.2),
        _none("L-06", "10.1", "首页以外版心下的线", unit="条"),
        _about("L-07", "10.1", "第一条双线到其下首个版头要素", LETTER_GAP, 1.0),
        _about("L-08", "10.1", "第一条双线到发文字号", LETTER_GAP, 1.0),
        _about("L-08.right", "10.1", "信函发文字号右边缘", RIGHT, 0.8),
        Measure("L-09", "10.1", "标题与其上最后一个要素的距离", TWO_BLANK_LINES, 18.5, 26.6),
        _about("L-10", "10.1", "首页末行到第二条双线", LETTER_GAP, 1.0),
        _none("L-11", "10.1", "信函首页的页码"),
        _none("L-12", "10.1", "信函版记中的印发机关、印发日期", unit="行"),
        _none("L-12.rules", "10.1", "信函版记的分隔线", unit="条"),
        _none("L-12.page", "10.1", "信函抄送以后的页", unit="页"),
        Measure("L-12.bottom", "10.1", "抄送末行下边缘到该页文字最低处", 0.0, -0.3, 2.5),
        Measure("L-13", "FIG 11", "信函首页末行下边缘", LETTER_FIRST_BOTTOM, -math.inf, 270.5, must=False),
        _none("C-01", "10.2", "命令标志末尾不是“令”"),
        _about("C-01.top", "10.2", "命令标志上边缘", ORDER_MARK_TOP, 1.0),
        _about("C-01.axis", "10.2", "命令标志中心", AXIS, 1.0),
        _none("C-01.red", "10.2", "命令标志中不是红色的字", must=False, unit="字"),
        _none("C-01.face", "10.2", "命令标志中不是小标宋的汉字", must=False, unit="字"),
        _none("C-02", "10.2", "不合“第×号”样式的令号"),
        _about("C-02.gap", "10.2", "命令标志下边缘到令号上边缘", TWO_BLANK_LINES, 1.5),
        _about("C-02.axis", "10.2", "令号中心", AXIS, 1.0),
        _about("C-03", "10.2", "令号下边缘到正文上边缘", TWO_BLANK_LINES, 1.5),
        _none("C-03.rules", "10.2", "命令正文以上的分隔线", unit="条"),
        _none("M-01", "10.3", "纪要标志末尾不是“纪要”"),
        _about("M-01.top", "10.3", "纪要标志上边缘", MINUTES_MARK_TOP, 1.0),
        _about("M-01.axis", "10.3", "纪要标志中心", AXIS, 1.0),
        _none("M-01.red", "10.3", "纪要标志中不是红色的字", must=False, unit="字"),
        _none("M-01.face", "10.3", "纪要标志中不是小标宋的汉字", must=False, unit="字"),
        Measure("M-02", "10.3", "正文到出席人员名单", BLANK_LINE, 9.4, 16.2),
        _about("M-02.left", "10.3", "出席、请假、列席左边缘", LEFT + 2 * EM, 0.8),
        _none("M-02.label", "10.3", "“出席”“请假”“列席”中不是黑体的汉字", must=False, unit="字"),
        _none("M-02.names", "10.3", "人员名单中不是仿宋的汉字", must=False, unit="字"),
        _about("M-02.hang", "10.3", "人员名单回行对齐", 0.0, 0.6),
        Measure("M-03", "10.3", "出席、请假、列席各起一行的行距", PITCH, 9.85, 10.8),
        Measure("M-06.number", "practice", "纪要标志下边缘到编号上边缘", TWO_BLANK_LINES, 19.3, 26.6, must=False),
        _about("M-06.axis", "practice", "纪要编号中心", AXIS, 1.0, must=False),
        Measure("M-06.issue", "practice", "纪要编号到机关和日期", BLANK_LINE, 9.4, 16.2, must=False),
        _about("M-06.left", "practice", "纪要版头中机关左边缘", LEFT + EM, 1.0, must=False),
        _about("M-06.right", "practice", "纪要版头中日期右边缘", RIGHT - EM, 1.0, must=False),
        _about("M-06.line", "practice", "纪要版头中机关与日期的高低差", 0.0, 0.5, must=False),
        _about("M-06.rule", "practice", "机关和日期到红色分隔线", RULE_BELOW_NUMBER, 0.5, must=False),
        _none("M-06.red", "practice", "纪要版头中不是红色的分隔线", must=False, unit="条"),
        Measure("M-06.text", "practice", "纪要版头到标题或正文", TWO_BLANK_LINES, 19.3, 26.6, must=False),
        _none("J-01", "practice", "简报名称中不是红色的字", must=False, unit="字"),
        _none("J-01.face", "practice", "简报名称中不是小标宋的汉字", must=False, unit="字"),
        _about("J-01.axis", "practice", "简报名称中心", AXIS, 0.5, must=False),
        _none("J-02", "practice", "不合“第1期”样式的期号", must=False),
        _about("J-02.axis", "practice", "期号中心", AXIS, 1.0, must=False),
        Measure("J-02.gap", "practice", "简报名称下边缘到期号上边缘", BLANK_LINE, 9.4, 11.4, must=False),
        _about("J-03", "practice", "编印单位与日期的高低差", 0.0, 0.5, must=False),
        _about("J-03.left", "practice", "编印单位左边缘", LEFT + BULLETIN_INDENT * EM, 1.0, must=False),
        _about("J-03.right", "practice", "简报日期右边缘", RIGHT - BULLETIN_INDENT * EM, 1.0, must=False),
        _about("J-04", "practice", "报头与正文之间的线", 1, 0, must=False, unit="条"),
        _none("J-04.red", "practice", "报头的线不是红色的", must=False, unit="条"),
        _about("J-04.left", "practice", "报头红线左端", LEFT, 0.5, must=False),
        _about("J-04.right", "practice", "报头红线右端", RIGHT, 0.5, must=False),
        Measure("J-04.weight", "practice", "报头红线粗细", BULLETIN_RULE_WEIGHT, 0.5, 0.8, must=False),
        Measure("J-05", "practice", "首页左上角和右上角文字的上边缘", TOP, TOP, TOP + 2.5, must=False),
        _about("J-05.left", "practice", "简报密级、提示左边缘", LEFT, 0.8, must=False),
        _about("J-05.right", "practice", "简报编号右边缘", RIGHT, 0.8, must=False),
        _none("J-06", "practice", "按语中不是楷体的汉字", must=False, unit="字"),
        _about("J-06.left", "practice", "按语段首左边缘", LEFT + PARAGRAPH_INDENT * EM, 0.8, must=False),
        _about("J-07", "practice", "各篇标题字号", SIZE_2, 0.3, must=False, unit="pt"),
        _none("J-07.face", "practice", "各篇标题中不是小标宋的汉字", must=False, unit="字"),
        _about("J-07.axis", "practice", "各篇标题和作者行中心", AXIS, 1.0, must=False),
        Measure("J-07.gap", "practice", "上一篇到下一篇标题", TWO_BLANK_LINES, 19.8, 21.8, must=False),
        _none("J-07.byline", "practice", "作者中不是楷体的汉字", must=False, unit="字"),
        _about("J-07.contents", "practice", "要目各行左边缘", LEFT + PARAGRAPH_INDENT * EM, 0.8, must=False),
        _about("J-08", "practice", "报尾的线", 2, 0, must=False, unit="条"),
        _about("J-08.bottom", "practice", "报尾末条线下边缘", BOTTOM, 0.3, must=False),
        _none("J-08.page", "practice", "报尾以后的页", must=False, unit="页"),
        _about("J-08.size", "practice", "报尾字号", SIZE_4, 0.2, must=False, unit="pt"),
        _none("J-08.face", "practice", "报尾中不是仿宋的汉字", must=False, unit="字"),
        _about("J-08.left", "practice", "报、送、发左边缘", LEFT + EM_4, 0.8, must=False),
        _about("J-08.right", "practice", "印数右边缘", RIGHT - EM_4, 0.8, must=False),
        Measure("J-10", "practice", "版心上边缘到简报名称上边缘", BULLETIN_MARK_TOP - TOP, 20.0, 35.0, must=False),
        _about("Q-01", "practice", "副题行中心", AXIS, 1.0, must=False),
        _none("Q-01.face", "practice", "副题中不是楷体的汉字", must=False, unit="字"),
        _about("Q-02", "practice", "地点、讲话人、日期行中心", AXIS, 1.0, must=False),
        _none("Q-02.face", "practice", "地点、讲话人、日期中不是楷体的汉字", must=False, unit="字"),
        _none("Q-02.date", "practice", "不合“（2026年7月1日）”样式的讲话日期", must=False),
        Measure("Q-02.gap", "practice", "标题到地点、讲话人、日期", BLANK_LINE, 9.4, 16.2, must=False),
        _about("Q-04", "practice", "称呼左边缘", LEFT, 0.8, must=False),
        _none("Q-04.colon", "practice", "末尾没有冒号的称呼", must=False),
        Measure("Q-04.gap", "practice", "称呼与上文的距离", BLANK_LINE, 9.4, 16.2, must=False),
        _none("Q-06", "practice", "讲话稿中的线", must=False, unit="条"),
        _about("Q-07.size", "practice", "朗读稿字号", SIZE_READING, 0.3, must=False, unit="pt"),
        _about("Q-07.lines", "practice", "朗读稿每面行数", READING_LINES, 0, must=False, unit="行"),
        _about("Q-07.cells", "practice", "朗读稿每行字数", READING_CELLS, 1, must=False, unit="字"),
        Measure("Q-07.pitch", "practice", "朗读稿行距", READING_PITCH, 32 * MM_PER_PT, 36 * MM_PER_PT, must=False),
        _about("Q-07.title", "practice", "朗读稿标题字号", SIZE_READING_TITLE, 0.3, must=False, unit="pt"),
        Measure(
            "Q-07.step", "practice", "朗读稿标题行距", PITCH_TITLE * SIZE_READING_TITLE / SIZE_2, 12.5, 16.0, must=False
        ),
        _about("Q-07.indent", "practice", "朗读稿段首左边缘", LEFT + 2 * SIZE_READING * MM_PER_PT, 0.8, must=False),
        Measure(
            "K-02.dpi", "practice", "图片的清晰度", FIGURE_DENSITY, FIGURE_DENSITY - 1, math.inf, must=False, unit="dpi"
        ),
        _none("K-04.rgb", "6.2", "RGB 颜色和图片"),
        _none("K-04.inks", "6.2", "单色黑与 M80Y80 红以外的油墨颜色", unit="种"),
        _none("K-07.scaling", "practice", "没有注明按原大打印", must=False),
        _none("K-07.duplex", "practice", "没有注明长边翻转双面打印", must=False),
        _none("E-07.embedded", "PDF", "没有嵌入的字体", unit="种"),
        _none("E-07.subset", "PDF", "没有取子集的字体", must=False, unit="种"),
        _none("E-07.unicode", "PDF", "没有 ToUnicode 的字体", unit="种"),
        _none("E-07.type3", "PDF", "Type 3 字体", unit="种"),
        _none("E-08", "PDF", "PDF 文字与稿件不同之处"),
        _none("E-08.figures", "PDF", "PDF 中的图片与稿件相差", unit="幅"),
        _none("E-10.title", "PDF", "文件属性缺少标题", must=False),
        _none("E-10.lang", "PDF", "文件属性没有注明语言 zh-CN", must=False),
        _none("E-11.x4", "PDF/X-4", "不合 PDF/X-4 之处（XMP 标识、CMYK 输出意图）"),
        _none("E-11.a3a", "PDF/A-3", "不合 PDF/A-3a 之处（XMP 标识、sRGB 输出意图）"),
        _none("E-11.source", "PDF/A-3", "没有嵌入稿件"),
        _none("E-12", "7.5", "空白页上的图形"),
    )
}
"""The rules that preflight measures, by rule number of the rule table; a part after the point tells the sides of one rule apart."""
