"""Scripts that set no spaces between words. Characters only; nothing is known of languages."""

from __future__ import annotations

# First bytes, in UTF-8, of the characters of such scripts, and of few others: U+0800-0FFF, U+3000-D7FF, U+F000-FFFF.
_LEADS = bytes([0xE0, *range(0xE3, 0xEE), 0xEF])


def may_be_unspaced(text: str) -> bool:
    """False where no character of a text can be of a script without spaces (Thai, Lao, Chinese, Japanese, Korean)."""
    if text.isascii():
        return False
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded.translate(None, _LEADS)) < len(encoded)
