"""Bytes to the text that every offset refers to."""

import codecs
import re
from contextlib import suppress

import webencodings

from kg.errors import InputError
from kg.read.outcome import Refused

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP, Word or EPUB",
    b"\xd0\xcf\x11\xe0": "old Word",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
# What the standard decodes otherwise than by the codec of the same name (Encoding, section 10.1.1).
_WIDER = {"gbk": "gb18030"}
# What has no byte order mark, which both are meant to have, is most often of Windows.
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
# Codecs for programs and host names; Python counts them as text.
_OF_PROGRAMS = {"unicode-escape", "raw-unicode-escape", "punycode", "idna", "utf-7"}
_DECLARATION = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']?\s*([\w.:-]+)|<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes in which a declaration is looked for; the standard asks for 1024


def codec(encoding: str) -> str:
    """The codec's own name of an encoding that a person gave; InputError where there is none."""
    try:
        # A label of the web means what browsers read: latin1 is windows-1252 (Encoding, section 4.2).
        name = _labelled(encoding) or codecs.lookup(encoding).name
        with suppress(UnicodeDecodeError):
            bytes(4).decode(name)  # LookupError for codecs that give no text, such as hex
    except (LookupError, ValueError) as error:
        raise _no_encoding(encoding) from error
    if name.replace("_", "-") in _OF_PROGRAMS:
        raise _no_encoding(encoding)
    return _UNMARKED.get(name, name)


def _no_encoding(encoding: str) -> InputError:
    hint = "name one such as utf-8, utf-16, windows-1251 or koi8-r"
    return InputError(f"there is no encoding of files {encoding!r}", hint=hint)


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> tuple[str, str]:
    """The text of the bytes and the encoding that they had; line ends as ``\\n``, no byte order mark.

    A byte order mark counts most, then ``encoding`` (what the user said). Without either it is strict
    UTF-8, or what the page itself ``declared`` where the bytes are not UTF-8. Nothing is guessed and
    nothing else is changed. `Refused` where the bytes do not fit, or hold U+0000 or half of a surrogate pair.
    """
    mark, name = byte_order_mark(data)
    name = name or encoding or _plain(data, declared)
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, error.start + len(mark)) from error
    if "\0" in text:
        raise _binary(data)
    return line_ends(text), name


def byte_order_mark(data: bytes) -> tuple[bytes, str | None]:
    """The mark that the bytes begin with and the encoding that it means; nothing and None without one."""
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None))


def line_ends(text: str) -> str:
    """The text with each line end as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML page or XML file declares about itself, as a codec's name, if kg trusts it."""
    match = _DECLARATION.search(data, 0, _HEAD)
    if not match:
        return None
    # Labels by the standard alone: others (utf-7, unicode_escape ...) can hide text from a reader of the bytes.
    name = _labelled((match[1] or match[2]).decode("ascii"))
    return "utf-8" if name in ("utf-16-le", "utf-16-be") else name  # who reads the label reads no UTF-16


def _labelled(label: str) -> str | None:
    """The codec that the standard's list has for a label; None for a label that it has not."""
    found = webencodings.lookup(label)
    name = found.codec_info.name if found else ""
    try:
        codecs.lookup(name)  # "replacement" and "x-user-defined" are no codecs of text
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _plain(data: bytes, declared: str | None) -> str:
    if declared is None or declared == "utf-8":
        return "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return declared
    # Valid UTF-8 beyond ASCII is never anything else by chance; pages saved by a browser often keep an old declaration.
    return declared if data.isascii() else "utf-8"


def _undecodable(data: bytes, name: str, offset: int) -> Refused:
    if b"\0" in data[:_HEAD]:
        return _binary(data)
    byte = data[offset : offset + 1].hex() or "missing"
    return Refused(f"is not {name}: byte {byte} at offset {offset}", _advice(data[offset:]))


def _binary(data: bytes) -> Refused:
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return Refused(f"is binary ({kind})", "save it as text or HTML first")
    offset = max(data.find(b"\0"), 0)
    half = len(data[:_HEAD]) // 2
    for name, zeros in (("utf-16-le", data[1:_HEAD:2]), ("utf-16-be", data[0:_HEAD:2])):
        if half and zeros.count(0) > 0.4 * half:
            return Refused(
                f"holds U+0000 at byte {offset}", f"if it is text without a byte order mark: --encoding {name}"
            )
    return Refused(f"is binary: U+0000 at byte {offset}", "save it as text or HTML first")


def _advice(data: bytes) -> str:
    """Which encoding would decode what begins with the broken byte: advice to a person, never used to decode."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:8192]).best()
    return f"if it is {best.encoding}: --encoding {best.encoding}" if best else "name its encoding with --encoding"
