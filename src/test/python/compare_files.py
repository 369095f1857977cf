"""Holds the model tools to what the program is held to: how label files are read, and what other files are called.

    python src/test/python/compare_files.py

fails where `bucketlens_model` reads a file of `labels.json` otherwise than `LabelFileTest` has it, or names a file of
`found.json` otherwise than `FoundFileTest` has it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bucketlens_model.errors import UserError
from bucketlens_model.found_file import found
from bucketlens_model.labels import read_labels

FILES = Path(__file__).parents[1] / "resources" / "files"


def read(name: str) -> list[dict]:
    return json.loads((FILES / name).read_text(encoding="utf-8"))


def reads_as_said(file: dict, folder: Path) -> bool:
    path = folder / "labels.txt"
    path.write_bytes(file["content"].encode())
    try:
        return read_labels(path) == file.get("labels")
    except UserError as e:
        return file.get("problem", "an error") in str(e)


def named_as_said(file: dict) -> bool:
    name = found(bytes.fromhex(file["start"]))
    return name is None if file["named"] is None else name is not None and name.startswith(file["named"])


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    labels, others = read("labels.json"), read("found.json")
    with tempfile.TemporaryDirectory() as folder:
        wrong = [file["what"] for file in labels if not reads_as_said(file, Path(folder))]
    wrong += [file["what"] for file in others if not named_as_said(file)]
    print("\n".join(wrong) or f"{len(labels) + len(others)} files: all read as expected")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
