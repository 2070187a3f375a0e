"""The door for what gateways report: receipts and messages of citizens, kept before they are answered."""

from loa.webhooks.address import address_of, base_of

__all__ = ["address_of", "base_of"]
