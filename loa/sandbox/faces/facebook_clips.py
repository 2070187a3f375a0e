"""Videos in three phases, videos in one call, Reels, and the host that takes their bytes."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import JSONResponse, Response

from loa.sandbox.faces.facebook_pages import NAME, Pages
from loa.sandbox.faces.graph import Refusal, done, gone, graph_error, truth, upload_error, whole_number
from loa.sandbox.faces.graph_call import Call
from loa.sandbox.faces.graph_things import Video
from loa.sandbox.media import media_type

DAY = timedelta(hours=24)
REELS_A_DAY = 30
CHUNK = 1024 * 1024
LEAST_BYTES = 1024
LOST_PLACE = 1363037


class Clips:
    """The edges ``videos`` and ``video_reels``."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._last: Video | None = None

    def video(self, call: Call) -> Response:
        """``POST /{page}/videos``: whole, or in phases."""
        phase = call.values.get("upload_phase", "")
        if not phase:
            return self._whole(call)
        if call.values.get("file_url"):
            raise Refusal(100, "(#100) file_url does not go together with upload_phase")
        if phase == "start":
            return self._start(call)
        video = next((each for each in self._pages.videos.values() if each.session and self._is(each, call)), None)
        if video is None or video.page != call.object:
            raise Refusal(100, "(#100) Invalid upload_session_id")
        if phase == "transfer":
            return self._transfer(call, video)
        if phase == "finish":
            return self._finish(call, video)
        if phase == "cancel":
            del self._pages.videos[video.id]
            return done()
        raise Refusal(100, "(#100) upload_phase must be start, transfer, finish or cancel")

    def reel(self, call: Call) -> Response:
        """``POST /{page}/video_reels``: start and finish."""
        phase = call.values.get("upload_phase")
        if phase == "start":
            return self._start_reel(call)
        if phase == "finish":
            return self._finish_reel(call)
        raise Refusal(100, "(#100) upload_phase must be start or finish")

    def bytes(self, call: Call) -> Response:
        """The upload host: raw bytes from the offset that the header names; what arrived of a broken upload stays."""
        video = self._pages.videos.get(call.object)
        if video is None:
            raise gone(call.object)
        if call.headers.get("file_url"):
            return upload_error("ParameterValidationError", "This sandbox fetches nothing: send the bytes")
        offset, size = call.headers.get("offset", ""), call.headers.get("file_size", "")
        if not offset.isdecimal():
            return upload_error("ParameterValidationError", "Offset not convertible")
        if int(offset) != len(video.data):
            return upload_error("OffsetInvalidError", f"Offset is {len(video.data)}")
        video.data += call.body
        if str(len(video.data)) != size:
            return upload_error("PartialRequestError", "Partial request (did not match length of file)")
        if media_type(bytes(video.data[:64])) != "video/mp4":
            return upload_error("ProcessingFailedError", "Request processing failed")
        self._keep(video)
        return done()

    def lost_place(self) -> Response:
        """The fault ``wrong_offset``: the chunk is not the one that is due; the error says which is."""
        video = self._last
        place = _span(video) if video else {"start_offset": "0", "end_offset": "0"}
        return graph_error(6001, "There was a problem uploading your video.", subcode=LOST_PLACE, data=place)

    def _is(self, video: Video, call: Call) -> bool:
        return video.session == call.values.get("upload_session_id", "")

    def _whole(self, call: Call) -> Response:
        if call.values.get("file_url"):
            raise Refusal(389, "(#389) Unable to fetch video file from URL.")
        if len(call.files) != 1:
            raise Refusal(100, "(#100) One of source, file_url or upload_phase is required")
        video = self._new(call, reel=False)
        video.data = bytearray(call.files[0].data)
        self._finish(call, video)
        return JSONResponse({"id": video.id})

    def _start(self, call: Call) -> Response:
        video = self._new(call, reel=False)
        video.size = whole_number(call.values.get("file_size", ""), "file_size")
        video.session = self._pages.new_id()
        self._last = video
        return JSONResponse({"video_id": video.id, "upload_session_id": video.session, **_span(video)})

    def _transfer(self, call: Call, video: Video) -> Response:
        self._last = video
        chunk = next((part.data for part in call.files if part.name == "video_file_chunk"), b"")
        place = _span(video)
        if call.values.get("start_offset") != place["start_offset"] or not chunk or len(chunk) > CHUNK:
            return self.lost_place()
        video.data += chunk
        return JSONResponse(_span(video))

    def _finish(self, call: Call, video: Video) -> Response:
        if video.finished is not None:
            return done()
        if video.session and len(video.data) != video.size:
            raise Refusal(6000, "(#6000) There was a problem uploading your video. Some of it is missing.")
        if len(video.data) < LEAST_BYTES:
            raise Refusal(382, "(#382) The video file you tried to upload is too small.")
        if media_type(bytes(video.data[:64])) != "video/mp4":
            raise Refusal(6000, "(#6000) There was a problem uploading your video. Try another file.")
        self._keep(video)
        video.description, video.title = call.values.get("description", ""), call.values.get("title", "")
        video.hidden = not truth(call.values.get("published", "true"))
        self._pages.finish(video)
        return done()

    def _start_reel(self, call: Call) -> Response:
        out = [each for each in self._pages.videos.values() if each.page == call.object and each.reel and each.finished]
        now = self._pages.now()
        if sum(now - (each.finished or now) < DAY for each in out) >= REELS_A_DAY:
            raise Refusal(613, "(#613) 30 reels in 24 hours", subcode=1996)
        video = self._new(call, reel=True)
        url = f"{call.base}{NAME}/rupload/video-upload/{call.version}/{video.id}"
        return JSONResponse({"video_id": video.id, "upload_url": url})

    def _finish_reel(self, call: Call) -> Response:
        video = self._pages.videos.get(call.values.get("video_id", ""))
        if video is None or video.page != call.object or not video.sha256:
            raise Refusal(100, "(#100) video_id is not an uploaded video")
        state = call.values.get("video_state")
        if state not in {"PUBLISHED", "DRAFT"}:
            raise Refusal(100, "(#100) this sandbox takes video_state PUBLISHED or DRAFT")
        if video.finished is None:
            video.description, video.title = call.values.get("description", ""), call.values.get("title", "")
            video.hidden = state == "DRAFT"
            self._pages.finish(video)
        return done()

    def _new(self, call: Call, *, reel: bool) -> Video:
        video = Video(self._pages.new_id(), call.object, self._pages.now(), reel)
        self._pages.videos[video.id] = video
        return video

    def _keep(self, video: Video) -> None:
        """The whole file has come: into the folder of taken media, out of memory."""
        video.size = len(video.data)
        video.sha256 = self._pages.world.media.keep(bytes(video.data), "video/mp4")
        video.data = bytearray()


def _span(video: Video) -> dict[str, str]:
    """The chunk that is due, as strings; equal ends when all has come."""
    start = len(video.data)
    return {"start_offset": str(start), "end_offset": str(min(start + CHUNK, video.size))}
