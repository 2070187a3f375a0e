"""Pages that keep up: with the book as deliveries move, and with the staff's files as they are saved."""

from loa.preview.live_desk.events import ROUTES
from loa.preview.live_desk.feed import Feed
from loa.preview.live_desk.planning import Planning
from loa.preview.live_desk.running import running

__all__ = ["ROUTES", "Feed", "Planning", "running"]
