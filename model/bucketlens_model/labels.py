"""Reads a file with one label a line, as the program reads it."""

from __future__ import annotations

import re
from pathlib import Path

from bucketlens_model.errors import UserError
from bucketlens_model.found_file import found

NUMBERED = re.compile(r"\s*(\d{1,6})(\s*[:,;=|]\s*|[.)]\s+|\s+-\s+|\s+)(\S.*)", re.ASCII)
QUOTED = re.compile(r'"(.*)"')
MIN_COUNTED = 3
"""Of fewer lines, `1 person, 2 people` may be what they are called."""


def read_labels(file: Path) -> list[str]:
    """The labels of a file: without the numbers of their lines and the space around them, and with the index added to
    what stood before."""
    content = file.read_bytes()
    other = found(content)
    if other:
        raise UserError(f"{file}: expected labels, found {other}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise UserError(f"{file}: it is not UTF-8 text; save it as UTF-8") from e
    lines = re.split("\r\n|\r|\n", text.rstrip()) if text.strip() else []
    _require_label(file, lines[0].strip() if lines else "")
    labels = [label.strip() for label in _unnumbered_below(file, lines)]
    return [_told_apart(labels, index) for index in range(len(labels))]


def off_by_one(labels: list[str], expected: int) -> str:
    """What to say of one label too many, or one missing: some lists have a background first, and so have some
    models."""
    if len(labels) == expected + 1:
        return (
            f"; if the first, {labels[0]!r}, heads the list or is a background that the model does not score, take it"
            " out"
        )
    if len(labels) == expected - 1:
        return (
            "; if the model scores a background first, as those of 1001 scores do for ImageNet's 1000 labels, put"
            ' "background" first'
        )
    return ""


def _require_label(file: Path, first: str) -> None:
    if re.match(r"\{|\[\s*(\"|$)", first):
        raise UserError(
            f"{file}: expected one label a line, found JSON; write the list into the manifest, as its field labels"
        )
    if re.fullmatch(r"item\s*\{", first):
        raise UserError(
            f"{file}: expected one label a line, found a label map (.pbtxt); write the names of its items, in the order"
            " of the scores"
        )


def _unnumbered_below(file: Path, lines: list[str]) -> list[str]:
    """The labels alone, below the header of a table too; the lines as they are if their numbers may be a part of
    them."""
    mark = _mark(lines[1]) if len(lines) > 1 else None
    if mark and mark in ",;\t" and mark in lines[0] and _mark(lines[0]) is None:
        below = _unnumbered(lines[1:])
        if below is not None:
            columns = lines[0].count(mark) + 1
            if columns != 2:
                raise UserError(
                    f"{file}: expected one label a line, found a table of {columns} columns ({lines[0].strip()}); keep"
                    " the column of the labels alone"
                )
            return below
    below = _unnumbered(lines)
    return lines if below is None else below


def _unnumbered(lines: list[str]) -> list[str] | None:
    rows = [NUMBERED.fullmatch(line) for line in lines]
    if not rows or None in rows:
        return None
    numbers = [int(row[1]) for row in rows]
    if numbers[0] > 1 or numbers != list(range(numbers[0], numbers[0] + len(rows))):
        return None
    marks = {_mark(line) for line in lines}
    labels = [_unquoted(row[3].strip()) for row in rows]
    counted = marks == {" "} and (len(set(labels)) < len(labels) or (numbers[0] == 1 and len(labels) < MIN_COUNTED))
    return None if counted or len(marks) > 1 else labels


def _mark(line: str) -> str | None:
    """What stands between a line's number and its label: a mark, a tab or a space."""
    row = NUMBERED.fullmatch(line)
    if not row:
        return None
    return row[2].strip() or ("\t" if "\t" in row[2] else " ")


def _unquoted(label: str) -> str:
    quoted = QUOTED.fullmatch(label)
    return quoted[1].replace('""', '"') if quoted else label


def _told_apart(labels: list[str], index: int) -> str:
    label = labels[index]
    if label in labels[:index]:
        label += f" ({index})"
        while label in labels:
            label += f" ({index})"
    return label
