"""The files of a dataset, and texts about it, as a server gives them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kg import formats
from kg.dataset import Dataset
from kg.web.bodies import Bodies, Body
from kg.web.headers import ended, without_ignored_ranges
from kg.web.pages.published import MEDIA_TYPES
from kg.web.pages.site import Site
from kg.web.sparql.syntaxes import content_type
from kg.web.texts import TEXTS


class Files:
    """What answers at the paths of files; ``tag`` makes the entity tag of a path and what it is there."""

    def __init__(self, data: Dataset, site: Site, bodies: Bodies, tag: Callable[[str, str], str]) -> None:
        self.data, self.site, self.bodies, self.tag = data, site, bodies, tag

    def answer(self, path: str, request: Request) -> Response | None:
        """A text about the dataset, or a file that the manifest names, with its checksum for a tag; None: neither."""
        if path in TEXTS:
            return self._text(path).answer(request)
        if self.data.is_store:
            return None
        entries: Mapping[str, Any] = self.data.manifest["files"]
        if path not in entries and path != "manifest.json":
            return None
        place = Path(self.data.folder, path)
        tag = f'"{entries[path]["sha256"]}"' if path in entries else self.tag(path, "file")
        try:
            found = place.stat()
        except OSError:
            return None
        if instead := ended(request.scope, tag, found.st_mtime):
            return Response(status_code=instead, headers={"etag": tag})
        without_ignored_ranges(request.scope, found.st_size)
        format = formats.by_path(path)
        media_type = format.media_type if format else MEDIA_TYPES.get(place.suffix[1:], "application/octet-stream")
        return FileResponse(place, headers={"content-type": f"{media_type}; charset=utf-8", "etag": tag})

    def _text(self, path: str) -> Body:
        """Made once."""
        key = f"text {path}"
        body = self.bodies.get(key)
        if body is None:
            media_type, text = TEXTS[path](self.site)
            if not text:
                raise HTTPException(404)
            body = Body.of(text.encode(), self.tag(path, "text"), {"content-type": content_type(media_type)})
            self.bodies.put(key, body)
        return body
