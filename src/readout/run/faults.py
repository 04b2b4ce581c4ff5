"""Where a bug struck, in one line: for logs and rejections, never for pages."""

from __future__ import annotations

import traceback
from pathlib import PurePath


def place(error: Exception) -> str:
    """The error in one line, with the line of code it comes from."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error!s:.200} ({'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno})"
