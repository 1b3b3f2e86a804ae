"""What a render may read: data: addresses, and real files in the template folders. Nothing else, and no network."""

from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from readiness.opening import real


class FencedFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches what the fence allows, and keeps what it refused in ``refused``, so that the render can fail on it."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._folders = [real(folder) for folder in folders]
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what ``url`` holds. Raises ValueError if the fence does not allow it."""
        if not self._allows(url):
            self.refused.append(url[:200])
            raise ValueError(f"not allowed in a report: {url[:200]}")
        return super().fetch(url, headers)

    def _allows(self, url: str) -> bool:
        parts = urlsplit(url)
        if parts.scheme.lower() == "data":
            return True
        if parts.scheme.lower() != "file" or parts.netloc:
            return False
        # Both readings of the path must lie inside: percent signs decoded once, and what is left of them.
        path = real(Path(url2pathname(parts.path)))
        inside = any(path.is_relative_to(folder) for folder in self._folders)
        return inside and path.is_file() and "%" not in unquote(parts.path)
