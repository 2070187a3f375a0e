"""The report: the book as a page for the upper level and as tables for a spreadsheet."""

from loa.report.write import write_report

__all__ = ["write_report"]
