"""Each key and each entry of a TOML text is found on its line."""

from __future__ import annotations

import pytest

from partnerdesk.guide.lines import lines_of, without_texts
from resources import path

WRITTEN = '''# a comment with [[brackets]] and "quotes
title = "One # not a comment"
long = """
two = 2
[not.a.table]
"""
raw = \'\'\'
it's raw\'\'\'
"quoted key" = 1
when = 2026-11-18 10:00:00
part.of.it = 1.5
list = [
  1,
  [2,
   3],
  { a = "x", b = { c = [ "y",
    "z" ] } }, # end
]

[table]
key = true

[[rows]]
id = "first"
[[rows.cells]]
id = "one"
[[rows.cells]]
id = "two"
[rows.scale]
low = 0

[[rows]]
id = "second"
cells = [
  { id = "three" },
]
'''
LINES = {
    "title": 2,
    "long": 3,
    "raw": 7,
    "quoted key": 9,
    "when": 10,
    "part.of.it": 11,
    "list": 12,
    "list[0]": 13,
    "list[1]": 14,
    "list[1][0]": 14,
    "list[1][1]": 15,
    "list[2]": 16,
    "list[2].a": 16,
    "list[2].b": 16,
    "list[2].b.c": 16,
    "list[2].b.c[0]": 16,
    "list[2].b.c[1]": 17,
    "table": 20,
    "table.key": 21,
    "rows": 23,
    "rows[0]": 23,
    "rows[0].id": 24,
    "rows[0].cells": 25,
    "rows[0].cells[0]": 25,
    "rows[0].cells[0].id": 26,
    "rows[0].cells[1]": 27,
    "rows[0].cells[1].id": 28,
    "rows[0].scale": 29,
    "rows[0].scale.low": 30,
    "rows[1]": 32,
    "rows[1].id": 33,
    "rows[1].cells": 34,
    "rows[1].cells[0]": 35,
    "rows[1].cells[0].id": 35,
}


def test_every_path_has_the_line_where_it_is_written() -> None:
    assert lines_of(WRITTEN) == LINES


def test_texts_and_comments_are_taken_out_of_the_structure() -> None:
    assert '"' not in without_texts(WRITTEN)
    assert "#" not in without_texts(WRITTEN)
    assert "not" not in without_texts(WRITTEN)


@pytest.mark.parametrize("name", ["guide.toml", "st0.toml", "st7.toml", "st8.toml"])
def test_each_text_of_the_standard_guide_stands_on_the_line_that_is_named(name: str) -> None:
    toml = path(f"guide/{name}").read_text(encoding="utf-8")
    written = toml.splitlines()
    titles = {one: line for one, line in lines_of(toml).items() if one.endswith(".title")}
    assert all(written[line - 1].startswith("title = ") for line in titles.values())
    items = {one: line for one, line in lines_of(toml).items() if one.endswith("].id")}
    assert items
    assert all('id = "' in written[line - 1] for line in items.values())
