"""What a post costs on X: there is no free tier, and a link makes a post thirteen times dearer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from loa.errors import LoaError
from loa.text import x_links

PRICES = (("post_price", "0.015"), ("link_price", "0.200"), ("delete_price", "0.010"))
"""US dollars, as X publishes them since 6 February 2026; an office overrides them when X changes them."""


def price_of_post(text: str, settings: Mapping[str, str]) -> Decimal:
    """What X asks for a post of this text, in US dollars.

    Raises:
        LoaError: E677, a price in the settings is no number.
    """
    return price_named("link_price" if x_links(text) else "post_price", settings)


def price_named(name: str, settings: Mapping[str, str]) -> Decimal:
    """One price of the settings, else the published one.

    Raises:
        LoaError: E677, it is no number.
    """
    written = settings.get(name) or dict(PRICES)[name]
    try:
        price = Decimal(written)
    except InvalidOperation:
        raise LoaError("E677", name=name, value=written) from None
    if not price.is_finite() or price < 0:
        raise LoaError("E677", name=name, value=written)
    return price
