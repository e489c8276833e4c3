"""Reads JSON from strangers: bounded, UTF-8, no repeated names, no broken characters."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import NoReturn

from partnerdesk.errors import EnvironmentProblem, InputErrors, UserError
from partnerdesk.language import _
from partnerdesk.model.json import Json

LIMIT = 10 * 1024 * 1024
DEEPEST = 64
_MAY_HOLD = (str, list, dict)


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
        value: Json = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        raise _refused(name, _("byte {n} is not UTF-8 text").format(n=error.start)) from error
    except json.JSONDecodeError as error:
        where = _("line {line}, column {column}: this is not JSON")
        raise _refused(name, where.format(line=error.lineno, column=error.colno)) from error
    except RecursionError as error:
        raise _refused(name, _("the text is nested too deeply")) from error
    except ValueError as error:
        raise _refused(name, str(error)) from error
    fault = _fault(value)
    if fault:
        raise _refused(name, fault)
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    repeated = [key for key, count in Counter(key for key, _value in pairs).items() if count > 1]
    if repeated:
        raise ValueError(_('the name "{name}" stands twice in one place').format(name=repeated[0]))
    return dict(pairs)


def _constant(word: str) -> NoReturn:
    raise ValueError(_("{word} is not a number").format(word=word))


def _finite(word: str) -> float:
    """Return the number; raises ValueError for one too large to be kept, such as 1e999."""
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(_("{word} is not a number").format(word=word[:40]))
    return number


def _fault(value: Json) -> str:
    """Return what is wrong inside a value, '' where nothing is: too deep, or broken characters."""
    try:
        place = _broken_place(value, 0)
    except RecursionError:
        return _("the text is nested too deeply")
    if place is None:
        return ""
    return _("{place} holds a broken character").format(place=place.lstrip(".") or "$")


def _broken_place(value: Json, depth: int) -> str | None:
    """Return where a value holds a broken character, None for nowhere; raises RecursionError."""
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, list):
        for index, one in enumerate(value):
            if isinstance(one, _MAY_HOLD) and (place := _broken_place(one, depth + 1)) is not None:
                return f"[{index}]{place}"
    elif isinstance(value, dict):
        for key, one in value.items():
            if _is_broken(key):
                return ""
            if (place := _broken_place(one, depth + 1)) is not None:
                return f".{key}{place}"
    return "" if isinstance(value, str) and _is_broken(value) else None


def _is_broken(text: str) -> bool:
    return "\0" in text or any("\ud800" <= c <= "\udfff" for c in text)


def _refused(name: str, reason: str) -> InputErrors:
    message = _("{name} could not be read, so nothing was changed. {reason}.")
    first = reason[:1].upper() + reason[1:]
    return InputErrors(message.format(name=name, reason=first), (reason,), code="json")
