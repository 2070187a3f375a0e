"""The report to the upper level: its sections as values, written as Word, Excel and as a part of the page."""

from loa.report.paper.pack import template_of, write_pack
from loa.report.paper.period import Period
from loa.report.paper.source import Source, source_of

__all__ = ["Period", "Source", "source_of", "template_of", "write_pack"]
