"""PyYAML's event stream, and the only `import yaml`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml.loader import BaseLoader as Parser  # type: ignore[assignment]

__all__ = [
    "AliasEvent",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "events",
]


def events(text: str) -> Callable[[], Any]:
    """A function that gives the next event of the text. It raises `YAMLError`.

    Every event has marks: `line` and `column` from 0, `index` in characters.
    """
    next_event: Callable[[], Any] = Parser(text).get_event
    return next_event
