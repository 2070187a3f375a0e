"""Campaigns: YAML and Markdown of the staff → frozen models, checked, and the words that are made of them."""

from loa.campaign.check import OF_ONE_UNIT, check_campaigns
from loa.campaign.content import Content, load_content
from loa.campaign.fields import fields, figure
from loa.campaign.fill import fill, names_in
from loa.campaign.load import LoadedCampaign, load_campaigns, read_campaigns
from loa.campaign.model import Campaign, Fact, Item, Make, Send, When
from loa.campaign.plain import paragraphs, plain_text
from loa.campaign.reach import Unreached, unreached

__all__ = [
    "OF_ONE_UNIT",
    "Campaign",
    "Content",
    "Fact",
    "Item",
    "LoadedCampaign",
    "Make",
    "Send",
    "Unreached",
    "When",
    "check_campaigns",
    "fields",
    "figure",
    "fill",
    "load_campaigns",
    "load_content",
    "names_in",
    "paragraphs",
    "plain_text",
    "read_campaigns",
    "unreached",
]
