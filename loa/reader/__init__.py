"""Reading the files of the staff: strings first, the schema decides; every problem with its line and column."""

from loa.reader.guess import as_slug, closest
from loa.reader.lines import Lines
from loa.reader.load import load, load_text
from loa.reader.loaded import Loaded
from loa.reader.markdown import MarkdownFile, read_markdown
from loa.reader.schema import json_schema
from loa.reader.source import read_text, sha256_file

__all__ = [
    "Lines",
    "Loaded",
    "MarkdownFile",
    "as_slug",
    "closest",
    "json_schema",
    "load",
    "load_text",
    "read_markdown",
    "read_text",
    "sha256_file",
]
