"""The book → the report: HTML for people and paper, CSV for spreadsheets."""

from loa.report.figures import Coverage, Summary, Tally, summarise
from loa.report.write import write_report

__all__ = ["Coverage", "Summary", "Tally", "summarise", "write_report"]
