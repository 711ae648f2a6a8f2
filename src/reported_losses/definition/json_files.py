"""The JSON files of a package: read as strictly as its tables, and bounded together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from reported_losses.definition.keywords import error
from reported_losses.files import (
    NotRegularError,
    OutsideError,
    TooLargeError,
    read_inside,
    without_duplicate_keys,
)

MAX_JSON_BYTES = 1_000_000
MAX_ALL_JSON_BYTES = 4_000_000

_MOST_PATH = 200
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z]+")
_PERHAPS_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class JsonFiles:
    """Reads JSON files of a package, and counts their bytes together.

    Args:
        source: Package folder; or what reads a file of a package that is elsewhere: from its
            path and the most bytes to read to its bytes, raising what `read_inside` raises.
    """

    def __init__(self, source: Path | Callable[[str, int], bytes]) -> None:
        self._source = partial(read_inside, source) if isinstance(source, Path) else source
        self._bytes = 0

    def read(self, name: str) -> object:
        """Read one file.

        Args:
            name: Its path, relative to the folder.

        Raises:
            DescriptorError: The file cannot be read, is not strict JSON, or is too large, by
                itself or with the files before it.
        """
        data = self._data(name)
        self._bytes += len(data)
        if self._bytes > MAX_ALL_JSON_BYTES:
            raise error(
                name, f"the descriptor and its schemas have more than {MAX_ALL_JSON_BYTES:,} bytes"
            )
        try:
            value = json.loads(
                data.decode("utf-8"),
                object_pairs_hook=without_duplicate_keys,
                parse_constant=_no_constant,
            )
            if _PERHAPS_SURROGATE.search(data):
                # Half of a pair is no character, and no file can hold it.
                json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeDecodeError as wrong:
            raise error(name, f"is not UTF-8 at byte {wrong.start}") from None
        except UnicodeEncodeError:
            raise error(name, "holds half of a surrogate pair, which is not a character") from None
        except RecursionError:
            raise error(name, "is not JSON: it is nested too deeply") from None
        except ValueError as wrong:
            raise error(name, f"is not JSON: {wrong}") from None
        return value

    def _data(self, name: str) -> bytes:
        try:
            return self._source(name, MAX_JSON_BYTES)
        except OutsideError as wrong:
            raise error(name, str(wrong.strerror)) from None
        except NotRegularError as wrong:
            raise error(name, f"is {wrong.strerror}, not a file") from None
        except TooLargeError:
            raise error(name, f"is larger than {MAX_JSON_BYTES:,} bytes") from None
        except OSError as wrong:
            raise error(name, f"cannot be read: {wrong.strerror}") from None


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is not a number"
    raise ValueError(msg)


def plain_path(value: str, location: str) -> str:
    """Return a path that stays inside the package, or raise DescriptorError."""
    if len(value) > _MOST_PATH or not _PLAIN_PATH.fullmatch(value):
        short = value if len(value) <= _MOST_PATH else f"{value[:_MOST_PATH]}…"
        raise error(location, f"{short!r} is not a plain path inside the package")
    return value
