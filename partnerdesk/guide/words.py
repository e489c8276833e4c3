"""The texts of a guide: found in its files for translators, and put into the room's language."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import IO, Any, TypeVar, cast

from partnerdesk.guide.lines import lines_of
from partnerdesk.model.guide import Activity, Guide, Item

GetText = Callable[[str], str]
Found = tuple[int, str, str, list[str]]
Value = TypeVar("Value")
Words = TypeVar("Words", Guide, Activity, Item)

TEXT_KEYS = frozenset(
    {
        "choices",
        "high",
        "low",
        "prompt",
        "prompts",
        "purpose",
        "question",
        "say",
        "sentence",
        "short",
        "suggestions",
        "text",
        "title",
        "words",
    }
)


def translated(guide: Words, gettext: GetText) -> Words:
    """Return a guide, or part of one, with each text as `gettext` gives it; ids and kinds stay."""
    return _translated(guide, gettext)


def extract_guide_texts(
    file: IO[bytes],
    keywords: object = (),
    comment_tags: object = (),
    options: object = None,
) -> Iterator[Found]:
    """Yield each text of a guide file as Babel's extractors do: line, function, text, comments.

    Only the file counts: which texts are found does not hang on Babel's other arguments. The
    comment names the path, such as ``stages[0].activities[1].prompts[2]``.
    """
    toml = file.read().decode("utf-8-sig")
    lines = lines_of(toml)
    for path, text in _texts(tomllib.loads(toml), "", False):
        yield lines.get(path, 1), "gettext", text, [path]


def _texts(value: Any, path: str, said: bool) -> Iterator[tuple[str, str]]:
    """Yield the path and the words of each text under a key that holds words for people."""
    if isinstance(value, str):
        if said and value.strip():
            yield path, value.strip()
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, f"{path}.{key}" if path else key, key in TEXT_KEYS)
    elif isinstance(value, list):
        for place, one in enumerate(_without_keys(path, value)):
            yield from _texts(one, f"{path}[{place}]", said)


def _without_keys(path: str, value: list[Any]) -> list[Any]:
    """Return a list's entries; of a choice, ["money", "Money"], the words alone."""
    return ["", *value[1:]] if path.rpartition(".")[2].startswith("choices[") else value


def _translated(value: Value, gettext: GetText) -> Value:
    """Return a guide, or any value inside it, with its texts translated."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        one.name: _field(one.name, getattr(value, one.name), gettext) for one in fields(value)
    }
    return cast(Value, replace(value, **changed))


def _field(name: str, value: Any, gettext: GetText) -> Any:
    if name == "choices":
        return tuple((key, gettext(words)) for key, words in value)
    if isinstance(value, Mapping):
        return {key: _plain(key, one, gettext) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_field(name, one, gettext) for one in value)
    if isinstance(value, str):
        return gettext(value) if value and name in TEXT_KEYS else value
    return _translated(value, gettext)


def _plain(name: str, value: Any, gettext: GetText) -> Any:
    """Return an option with its texts translated; a list stays a list."""
    if isinstance(value, Mapping):
        return {key: _plain(key, one, gettext) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(name, one, gettext) for one in value]
    return gettext(value) if isinstance(value, str) and value and name in TEXT_KEYS else value
