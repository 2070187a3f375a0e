"""The browser as a maker of pictures: a warm page that takes data and is photographed."""

from __future__ import annotations

import base64
import json
from typing import Any

from browser import Browser


class Camera(Browser):
    """One browser with one page, of one size at a time."""

    def open(self, address: str, width: int, height: int) -> None:
        """Load a page at a size, and wait until it can show data."""
        self._tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._tell("Page.navigate", url=address)
        while self._run("document.readyState + typeof window.show") != "completefunction":
            pass

    def jpeg(self, data: dict[str, Any], quality: int) -> bytes:
        """The page filled with this data, as a picture."""
        self._run(f"show({json.dumps(data, ensure_ascii=False)})")
        shot = self._tell("Page.captureScreenshot", format="jpeg", quality=quality, optimizeForSpeed=True)
        return base64.b64decode(shot["data"])

    def _run(self, script: str) -> Any:
        answer = self._tell("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")
