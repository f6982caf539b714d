"""Bytes to text."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read.decode import byte_order_mark, codec, declared_encoding, decode
from kg.read.outcome import Refused

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"))
MARKED = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}


def outcome_of(data: Any, encoding: Any) -> Any:
    try:
        return decode(data, encoding=encoding)
    except Refused as refused:
        return refused


@given(st.binary(), st.sampled_from([None, "utf-8", "cp1251", "utf-16", "utf-32-be", "shift_jis", "gb18030"]))
@example(b"\0\xd8", "utf-16")
@example(b"\xff\xfe\0\0\0", None)
def test_any_bytes_become_text_or_a_reason(data: Any, encoding: Any) -> None:
    outcome = outcome_of(data, encoding)
    if isinstance(outcome, Refused):
        assert outcome.reason
        assert outcome.hint
    else:
        text, name = outcome
        assert name
        text.encode()
        assert not set("\0\r") & set(text)


@given(TEXT)
def test_utf8_text_is_kept_character_by_character(text: Any) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(TEXT, st.sampled_from(sorted(MARKED)), st.sampled_from([None, "cp1251"]))
def test_a_byte_order_mark_decides_and_is_dropped(text: Any, name: Any, encoding: Any) -> None:
    assert decode(MARKED[name] + text.encode(name), encoding=encoding) == (text, name)
    assert byte_order_mark(MARKED[name]) == (MARKED[name], name)


@given(st.lists(TEXT.filter(lambda line: "\n" not in line)), st.sampled_from(["\r\n", "\r", "\n"]))
def test_line_ends_are_one_character_whatever_they_were(lines: Any, end: Any) -> None:
    assert decode(end.join(lines).encode())[0] == "\n".join(lines)


def test_a_broken_byte_is_told_with_its_offset_and_a_hint() -> None:
    russian = "Шуша была взята 8 мая 1992 года, сказал министр обороны в интервью газете." * 5
    with pytest.raises(Refused) as refused:
        decode(b"12345" + russian.encode("cp1251"))
    assert refused.value.reason == "is not utf-8: byte d8 at offset 5"
    assert "--encoding cp1251" in refused.value.hint
    assert decode(russian.encode("cp1251"), encoding="cp1251")[0] == russian


def test_utf16_without_a_mark_is_refused_with_the_encoding_to_name() -> None:
    for name in ("utf-16-le", "utf-16-be"):
        with pytest.raises(Refused) as refused:
            decode("The Occupation in Figures".encode(name))
        assert refused.value.hint.endswith(f"--encoding {name}")
        assert decode("The Occupation".encode(name), encoding=name)[0] == "The Occupation"


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.4\n\0", "PDF"), (b"PK\x03\x04\0", "Word"), (b"\x89PNG\r\n\0", "PNG")]
)
def test_a_binary_file_is_called_what_it_is(data: Any, kind: Any) -> None:
    with pytest.raises(Refused, match=kind):
        decode(data)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (b'<meta charset="windows-1251">', "cp1251"),
        (b'<META http-equiv=Content-Type content="text/html; charset=koi8-r">', "koi8-r"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?>", "cp1252"),
        (b"<meta charset=latin1>", "cp1252"),
        (b"<meta charset=cp-1251>", None),
        (b"<meta charset=x-cp1251>", "cp1251"),
        (b"<meta charset=ks_c_5601-1987>", "cp949"),
        (b"<meta charset=sjis>", "cp932"),
        (b"<meta charset=GB2312>", "gb18030"),
        (b"<meta charset=unicode>", "utf-8"),
        (b"<meta charset=utf-7>", None),
        (b"<meta charset=unicode_escape>", None),
        (b"<meta charset=x-user-defined>", None),
        (b"<meta charset=hz-gb-2312>", None),
        (b"<meta charset=nonsense>", None),
        (b"<p>no declaration", None),
    ],
)
def test_a_page_may_declare_an_encoding_that_hides_nothing(page: Any, name: Any) -> None:
    assert declared_encoding(page) == name


def test_a_declaration_counts_only_where_the_bytes_are_not_utf8() -> None:
    page = "<meta charset=windows-1251><p>Шуша"
    assert decode(page.encode("cp1251"), declared="cp1251") == (page, "cp1251")
    assert decode(page.encode(), declared="cp1251") == (page, "utf-8")
    assert decode(page.encode("koi8-r"), declared="cp1251", encoding="koi8-r") == (page, "koi8-r")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("latin1", "cp1252"), ("ISO-8859-1", "cp1252"), (" ascii ", "cp1252"), ("iso-8859-9", "cp1254"),
        ("x-sjis", "cp932"), ("koi8", "koi8-r"), ("x-cp1251", "cp1251"), ("gb2312", "gb18030"), ("tis-620", "cp874"),
        ("unicode-1-1-utf-8", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16be", "utf-16-be"),
        ("cp1125", "cp1125"), ("mac_cyrillic", "mac-cyrillic"),
    ],
)  # fmt: skip
def test_a_label_means_what_browsers_read_and_else_the_codec_of_that_name(label: str, name: str) -> None:
    assert codec(label) == name


@pytest.mark.parametrize("label", ["utf-7", "hz-gb-2312x", "x-user-defined", "unicode_escape", "hex", "no such"])
def test_a_label_of_nothing_that_is_text_is_refused(label: str) -> None:
    with pytest.raises(InputError):
        codec(label)


def test_curly_quotes_of_windows_are_read_under_the_label_of_latin1() -> None:
    assert decode("“Shusha”".encode("cp1252"), encoding=codec("latin1"))[0] == "“Shusha”"
