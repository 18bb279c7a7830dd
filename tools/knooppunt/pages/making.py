"""Makes blocks, segments and origins, of which a page has more than lines.

A frozen dataclass sets each field through `object.__setattr__`, by name; the descriptors of its slots take half the
time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knooppunt.model import Block, Origin, Segment

if TYPE_CHECKING:
    from collections.abc import Callable


def _setters(model: type) -> list[Callable[[object, Any], None]]:
    names: tuple[str, ...] = getattr(model, "__slots__", ())
    return [getattr(model, name).__set__ for name in names]


_new: Callable[[type], Any] = object.__new__
_b_kind, _b_start, _b_end, _b_line, _b_container, _b_segments = _setters(Block)
_o_path, _o_line, _o_column, _o_start, _o_end, _o_pointer = _setters(Origin)
_s_msgid, _s_origin, _s_kind, _s_context, _s_prefix, _s_comment, _s_revision = _setters(Segment)


def make_block(
    kind: str, start: int, end: int, line: int, container: tuple[str, ...], segments: tuple[Segment, ...]
) -> Block:
    """`Block(...)`."""
    block: Block = _new(Block)
    _b_kind(block, kind)
    _b_start(block, start)
    _b_end(block, end)
    _b_line(block, line)
    _b_container(block, container)
    _b_segments(block, segments)
    return block


def make_segment(
    msgid: str, kind: str, path: str, line: int, column: int, start: int, end: int, prefix: str, comment: str
) -> Segment:
    """`Segment(msgid, Origin(path, line, column, start, end), kind, None, prefix, comment)`."""
    origin: Origin = _new(Origin)
    _o_path(origin, path)
    _o_line(origin, line)
    _o_column(origin, column)
    _o_start(origin, start)
    _o_end(origin, end)
    _o_pointer(origin, "")
    segment: Segment = _new(Segment)
    _s_msgid(segment, msgid)
    _s_origin(segment, origin)
    _s_kind(segment, kind)
    _s_context(segment, None)
    _s_prefix(segment, prefix)
    _s_comment(segment, comment)
    _s_revision(segment, None)
    return segment
