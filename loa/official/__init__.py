"""Official papers: Word files in the layout of Decree 30/2020/NĐ-CP, appendix I. Letters, appendices, reports."""

from loa.official.head import Letterhead, blank_day, head, sign, title
from loa.official.page import landscape, new_paper, number_pages, on_its_side
from loa.official.tables import columns, table
from loa.official.widths import breadth
from loa.official.words import line, rule, say

__all__ = [
    "Letterhead",
    "blank_day",
    "breadth",
    "columns",
    "head",
    "landscape",
    "line",
    "new_paper",
    "number_pages",
    "on_its_side",
    "rule",
    "say",
    "sign",
    "table",
    "title",
]
