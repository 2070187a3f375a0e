"""Figures for a monitor, in the text format of Prometheus. No name of a person or a unit, and no number, is in them."""

from loa.metrics.exposition import exposition, serve

__all__ = ["exposition", "serve"]
