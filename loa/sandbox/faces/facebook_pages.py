"""What stands on all Pages of the sandbox, and how it got into the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from loa.sandbox.faces.graph import Refusal, gone
from loa.sandbox.faces.graph_things import Comment, Photo, Post, Thing, Video
from loa.sandbox.journal import Effect, Kind
from loa.sandbox.world import World

NAME = "facebook"
REPEAT_WINDOW = timedelta(hours=1)
PHOTO_LIFE = timedelta(hours=24)


class Pages:
    """The state. Public effects are written into the journal here, and nowhere else."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.posts: dict[str, Post] = {}
        self.photos: dict[str, Photo] = {}
        self.videos: dict[str, Video] = {}
        self.comments: dict[str, Comment] = {}
        self.removed: set[str] = set()
        self._scheduled: dict[str, Post] = {}
        self._clip_of: dict[str, Video] = {}

    def now(self) -> datetime:
        return self.world.clock.now()

    def new_id(self) -> str:
        return str(122_100_000_000_000_000 + self.world.number())

    def find(self, wanted: str) -> Thing | None:
        known: tuple[dict[str, Post] | dict[str, Photo] | dict[str, Video] | dict[str, Comment], ...]
        known = (self.posts, self.photos, self.videos, self.comments)
        return next((things[wanted] for things in known if wanted in things), self._clip_of.get(wanted))

    def get(self, wanted: str) -> Thing:
        """The thing of this id; the no of the platform where there is none."""
        found = self.find(wanted)
        if found is None:
            raise gone(wanted)
        return found

    def owner(self, wanted: str) -> str:
        """The Page that an id belongs to: the thing's own, the first half of a post's, else the id itself."""
        found = self.find(wanted)
        return found.page if found else wanted.partition("_")[0]

    def of(self, page: str) -> Iterator[Post]:
        """The posts of a Page, newest first."""
        return (post for post in reversed(self.posts.values()) if post.page == page)

    def publish(self, post: Post) -> None:
        """Show a post to citizens."""
        for photo in post.photos:
            photo.story = post.id
        self.posts[post.id] = post
        if not post.published:
            self._scheduled |= {post.id: post} if post.due else {}
            return
        self.world.journal.append(
            NAME,
            post.page,
            "photo_post" if post.photos else "post",
            post.id,
            text=post.message,
            media_sha256=tuple(photo.sha256 for photo in post.photos),
            extra={
                "link": post.link,
                "photos": [photo.id for photo in post.photos],
                "alt": [photo.alt for photo in post.photos],
            },
        )

    def finish(self, video: Video) -> None:
        """Show a Reel or a video. Processing is over a little later."""
        video.finished = self.now()
        video.post = f"{video.page}_{self.new_id()}"
        if video.hidden:
            return
        self._stand(video)
        self.world.journal.append(
            NAME,
            video.page,
            "reel" if video.reel else "video",
            video.id,
            title=video.title,
            text=video.description,
            media_sha256=(video.sha256,),
            extra={"post_id": video.post},
        )

    def say(self, comment: Comment) -> None:
        """Show a comment under a post."""
        self.comments[comment.id] = comment
        self._aimed("comment", comment.page, comment.id, comment.target, comment.message)

    def revise(self, thing: Post | Video, words: str) -> None:
        """Change the words of what is out."""
        self._change(thing, words, self.now())
        self._aimed("revise", thing.page, f"{thing.id}_{self.world.number()}", thing.id, words)

    def remove(self, thing: Thing) -> None:
        """Take a thing down, with the post that a video stands in."""
        self._drop(thing)
        self._aimed("remove", thing.page, thing.id, thing.id, "")

    def ripen(self) -> None:
        """Meta's own scheduler: what is due is shown."""
        for post in [each for each in self._scheduled.values() if each.due is not None and each.due <= self.now()]:
            del self._scheduled[post.id]
            post.published, post.made, post.due = True, post.due or self.now(), None
            self.publish(post)

    def refuse_repeat(self, page: str, message: str) -> None:
        """506: the same words twice in a row."""
        last = next((post for post in self.of(page) if not post.video), None)
        if last and message and last.message == message and self.now() - last.made < REPEAT_WINDOW:
            raise Refusal(506, "(#506) Duplicate status message")

    def unused(self, photo_id: str, page: str) -> Photo:
        """A photo that a post may still take."""
        photo = self.photos.get(photo_id)
        if photo is None or photo.page != page or photo.story or self.now() - photo.made > PHOTO_LIFE:
            raise Refusal(100, f"(#100) Invalid media_fbid {photo_id}")
        return photo

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public; what was taken down stays down."""
        made, text, target = effect.moment, effect.text, str(effect.extra.get("target", ""))
        if effect.kind in {"reel", "video"}:
            video = Video(effect.id, effect.account, made, effect.kind == "reel", finished=made, description=text)
            video.sha256, video.title, video.post = effect.media_sha256[0], effect.title, effect.extra["post_id"]
            self._stand(video)
        elif effect.kind == "comment":
            self.comments[effect.id] = Comment(effect.id, effect.account, target, text, made)
        elif effect.kind in {"revise", "remove"}:
            self._take_up(effect.kind, target, text, made)
        else:
            self._take_up_post(effect)

    def _take_up(self, kind: str, target: str, text: str, made: datetime) -> None:
        found = self.find(target)
        if kind == "remove" and found is not None:
            self._drop(found)
        elif isinstance(found, Post | Video):
            self._change(found, text, made)

    def _take_up_post(self, effect: Effect) -> None:
        each = zip(effect.extra["photos"], effect.media_sha256, effect.extra["alt"], strict=True)
        made = effect.moment
        photos = [Photo(number, effect.account, sha256, alt, made, effect.id) for number, sha256, alt in each]
        self.photos |= {photo.id: photo for photo in photos}
        self.posts[effect.id] = Post(effect.id, effect.account, effect.text, made, photos, effect.extra.get("link", ""))

    def _stand(self, video: Video) -> None:
        """A Reel stands beside the feed, a video in it."""
        self.videos[video.id] = self._clip_of[video.post] = video
        if not video.reel:
            made = video.finished or video.made
            self.posts[video.post] = Post(video.post, video.page, video.description, made, video=video.id)

    def _change(self, thing: Post | Video, words: str, moment: datetime) -> None:
        video = thing if isinstance(thing, Video) else self.videos.get(thing.video)
        post = thing if isinstance(thing, Post) else self.posts.get(thing.post)
        if video is not None:
            video.description = words
        if post is not None:
            post.message, post.changed = words, moment

    def _drop(self, thing: Thing) -> None:
        ids = {thing.id}
        if isinstance(thing, Post | Video):
            ids |= {thing.video} if isinstance(thing, Post) else {thing.post}
        self.removed |= ids
        for name in ids:
            for things in (self.posts, self.photos, self.videos, self.comments, self._scheduled, self._clip_of):
                things.pop(name, None)

    def _aimed(self, kind: Kind, page: str, effect_id: str, target: str, text: str) -> None:
        # A removal twice over is one and the same for citizens; tests count by account, words and key.
        self.world.journal.append(
            NAME,
            page,
            kind,
            effect_id,
            key=f"{kind} {target}",
            text=text,
            extra={"target": target},
        )
