"""A folder with a manifest → Pages: captures whose times and addresses somebody wrote down. The sample corpus is one.

The manifest is JSON lines: `file` (relative to the folder), `media`, `captured` (ISO 8601), `address`. Made by us, so
what is wrong in it is a bug and raises whatever it raises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from readout.capture.instant import instant
from readout.models import CaptureBasis, Media, Page

MANIFEST = "manifest.jsonl"


def pages(folder: Traversable) -> Iterator[Page]:
    """The text captures and HTML pages of the manifest, in its order; other media, such as feeds, are left out."""
    readable = {media.value: media for media in Media}
    for line in (folder / MANIFEST).read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["media"] in readable:
            yield Page(
                content=(folder / entry["file"]).read_bytes(),
                media=readable[entry["media"]],
                name=f"{folder.name}/{entry['file']}",
                address=entry["address"],
                captured=instant(entry["captured"]),
                captured_basis=CaptureBasis.DECLARED,
            )
