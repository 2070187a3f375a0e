"""A program of its own, started for each picture that comes from outside: it may crash or be killed, and nobody minds.

It reads a PNG, JPEG or WEBP from standard input and writes the same picture anew, as a JPEG without any of what was
beside the pixels (EXIF, places, names, colour profiles), to standard output. It exits with 1 where it is no such
picture. It imports nothing of Loa: it starts fast, and has nothing to give away.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 50_000_000
_LONGEST_SIDE = 4096
_QUALITY = 88
_MEMORY = 1_500_000_000
_CPU_SECONDS = 15


def limit() -> None:
    """Have the system end this process before it takes too much; Windows knows none of these limits."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - only where there is one

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cleaned(data: bytes) -> bytes:
    """The picture, upright, on white where it is see-through, no larger than needed, as a new JPEG."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def main() -> int:
    """From standard input to standard output; 1 for anything that is no sound picture."""
    limit()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        sys.stdout.buffer.write(cleaned(sys.stdin.buffer.read()))
    except Exception:  # noqa: BLE001 - whatever a broken picture does to the decoder, it is no picture to us
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
