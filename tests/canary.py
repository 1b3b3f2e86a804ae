"""A canary: a real server on this machine that notes every call."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Canary(ThreadingHTTPServer):
    """A real server on this machine that notes every call."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Sings)
        self.heard: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Sings(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.heard.append(self.path)
        if self.path.startswith("/redirect"):
            self.send_response(302)
            self.send_header("Location", f"{self.server.url}/landed")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name is http.server's
        """Say nothing."""


@contextmanager
def singing() -> Iterator[Canary]:
    """Serve for as long as the context lasts."""
    with Canary() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
