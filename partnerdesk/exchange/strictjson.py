"""Reads JSON from strangers: bounded, UTF-8, no repeated names, no broken characters."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import NoReturn

from partnerdesk.errors import EnvironmentProblem, InputErrors, UserError
from partnerdesk.language import _
from partnerdesk.model.json import Json

LIMIT = 10 * 1024 * 1024


def read_bounded(path: Path, limit: int = LIMIT) -> bytes:
    """Return the bytes of a file; raises UserError for a folder, no file or more than `limit`."""
    if path.is_dir():
        message = _("{name} is a folder, not a file. Nothing was read. Choose a file.")
        raise UserError(message.format(name=path.name), code="folder")
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        message = _("There is no file {name}. Nothing was changed. Check the name and the folder.")
        raise UserError(message.format(name=path.name), code="missing") from error
    except OSError as error:
        message = _("{name} cannot be read: {why}. Nothing was changed. Copy it to this laptop.")
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem(message.format(name=path.name, why=why), code="read") from error
    if len(data) > limit:
        message = _("{name} is larger than {limit} MB, so it was not read. Nothing was changed.")
        raise UserError(message.format(name=path.name, limit=limit // 2**20), code="size")
    return data


def parse(data: bytes, name: str) -> Json:
    """Return the JSON value in `data`; raises InputErrors with the place of the first fault."""
    try:
        text = data.decode("utf-8-sig")
        value: Json = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise _refused(name, _("byte {n} is not UTF-8 text").format(n=error.start)) from error
    except json.JSONDecodeError as error:
        where = _("line {line}, column {column}: this is not JSON")
        raise _refused(name, where.format(line=error.lineno, column=error.colno)) from error
    except RecursionError as error:
        raise _refused(name, _("the text is nested too deeply")) from error
    except ValueError as error:
        raise _refused(name, str(error)) from error
    broken = _broken(value, "")
    if broken:
        raise _refused(name, _("{place} holds a broken character").format(place=broken))
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    repeated = [key for key, count in Counter(key for key, _value in pairs).items() if count > 1]
    if repeated:
        raise ValueError(_('the name "{name}" stands twice in one place').format(name=repeated[0]))
    return dict(pairs)


def _constant(word: str) -> NoReturn:
    raise ValueError(_("{word} is not a number").format(word=word))


def _broken(value: Json, place: str) -> str:
    """Return the place of the first text that cannot be written as UTF-8 or holds a null, or ''."""
    if isinstance(value, str):
        bad = "\0" in value or any("\ud800" <= c <= "\udfff" for c in value)
        return (place or "$") if bad else ""
    inside: list[tuple[str, Json]] = []
    if isinstance(value, list):
        inside = [(f"{place}[{index}]", one) for index, one in enumerate(value)]
    elif isinstance(value, dict):
        names = [(f"{place}.{key}".lstrip("."), key) for key in value]
        inside = [*names, *((f"{place}.{key}".lstrip("."), one) for key, one in value.items())]
    return next(filter(None, (_broken(one, where) for where, one in inside)), "")


def _refused(name: str, reason: str) -> InputErrors:
    message = _("{name} could not be read, so nothing was changed. {reason}.")
    first = reason[:1].upper() + reason[1:]
    return InputErrors(message.format(name=name, reason=first), (reason,), code="json")
