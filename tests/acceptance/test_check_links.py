"""``loa check --links`` asks every address once and tells where those stand that cannot be opened."""

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from support.office import make_office, replace_in
from support.processes import loa

ANSWERS = {"/con": 200, "/mat": 404, "/chuyen": 301, "/chi-get": 405}


def test_links_that_cannot_be_opened_are_told_with_their_place(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()

    class Page(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked[self.path] += 1
            self.send_response(ANSWERS[self.path])
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    office = make_office(tmp_path)
    with (office / "content/tin-mot.md").open("a", encoding="utf-8") as file:
        file.write("".join(f"\nXem {base}{path}.\n" for path in (*ANSWERS, "/mat")))
    replace_in(office / "loa.yaml", "https://dichvucong.gov.vn", f"{base}/con")
    replace_in(office / "loa.yaml", "https://dichvucong.gov.vn", f"{base}/con")
    try:
        told = loa("check", "--links", cwd=office)
        quiet = loa("check", cwd=office)
    finally:
        server.shutdown()
        server.server_close()
    assert told.returncode == 0
    assert told.stderr.count("E377") == 2, told.stderr
    assert f"{base}/mat (HTTP 404)" in told.stderr
    assert set(asked.values()) == {1}
    assert "E377" not in quiet.stderr
