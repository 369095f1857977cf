"""Writes reviewed photos as a folder of folders, from which train, convert and evaluate go on.

    python -m bucketlens_model dataset http://127.0.0.1:8080 folder/of/data

asks the API for what was reviewed and writes folder/of/data/train/<label>/ and folder/of/data/validation/<label>/. Which of
the two a photo is in depends on its content alone, so that no photo is in both, now or later. A second run goes on where the
first ended: index.jsonl in the folder tells what is there. A token that the API asks for is read from the variable
BUCKETLENS_TOKEN.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bucketlens_model.errors import UserError

TIMEOUT = 30
PAGE = 100


@dataclass(frozen=True)
class Api:
    """The API of a deployment, or of the local cloud."""

    url: str
    token: str | None

    def reviewed(self) -> Iterator[dict]:
        """Yields each reviewed image, the latest review first, with an address to read it from."""
        cursor = None
        while True:
            query = {"review": "done", "limit": PAGE, "previews": "true"} | ({"cursor": cursor} if cursor else {})
            page = self._get(f"images?{urllib.parse.urlencode(query)}")
            yield from page["images"]
            cursor = page.get("cursor")
            if cursor is None:
                return

    def _get(self, path: str) -> dict:
        request = urllib.request.Request(f"{self.url.rstrip('/')}/{path}")
        if self.token:
            request.add_header("authorization", f"Bearer {self.token}")
        return json.loads(read(request, self.url))


def read(request: urllib.request.Request | str, name: str) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.read()
    except urllib.error.HTTPError as e:
        raise UserError(f"{name}: answered {e.code}; expected a list of reviewed images and their photos") from e
    except (urllib.error.URLError, ValueError) as e:
        raise UserError(f"{name}: cannot be read: {getattr(e, 'reason', e)}") from e


def folder_name(label: str) -> str:
    """The label as it is, but for what a folder's name cannot hold, percent-encoded."""
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|%' else urllib.parse.quote(c, safe="") for c in label)
    return f"%2E{name[1:]}" if name.startswith(".") else name


def part_of(digest: str, validation: float) -> str:
    return "validation" if int(digest[:8], 16) / 2**32 < validation else "train"


class Dataset:
    """The folder, and what of it is written."""

    def __init__(self, folder: Path, validation: float, none: str | None) -> None:
        self.folder = folder
        self.validation = validation
        self.none = none
        self.index = folder / "index.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        lines = self.index.read_text("utf-8").splitlines() if self.index.exists() else []
        self.known = {entry["image"]: entry for entry in map(json.loads, lines)}
        self.contents: set[str] = set()

    def add(self, item: dict) -> str:
        """Writes one reviewed image, unless it is there; says what became of it.

        Of the same content under several keys the latest review counts.
        """
        label = item["review"]["label"] if item["review"]["label"] is not None else self.none
        if label is None or "preview" not in item:
            return "left out"
        known = self.known.get(item["image"])
        if known and (known["eTag"], known["label"]) == (item["eTag"], label) and (self.folder / known["file"]).exists():
            self.contents.add(Path(known["file"]).stem)
            return "kept"
        content = read(item["preview"], item["image"])
        digest = hashlib.sha256(content).hexdigest()
        stem = digest[:32]
        if stem in self.contents:
            return "left out"
        self.contents.add(stem)
        suffix = Path(item["key"]).suffix.lower() or ".jpg"
        name = f"{part_of(digest, self.validation)}/{folder_name(label)}/{stem}{suffix}"
        if known and known["file"] != name and Path(known["file"]).stem not in self.contents - {stem}:
            (self.folder / known["file"]).unlink(missing_ok=True)
        self._write(name, content)
        self._remember({"image": item["image"], "eTag": item["eTag"], "label": label, "file": name})
        return "written"

    def _write(self, name: str, content: bytes) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".half")
        half.write_bytes(content)
        half.replace(file)

    def _remember(self, entry: dict) -> None:
        self.known[entry["image"]] = entry
        with self.index.open("a", encoding="utf-8") as index:
            index.write(json.dumps(entry, ensure_ascii=False) + "\n")


def main(program: str, arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(program, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("api", help="the API's address, such as http://127.0.0.1:8080")
    parser.add_argument("folder", type=Path, help="where the photos go")
    parser.add_argument("--validation", type=float, default=0.2, help="share of the photos that train does not see (0.2)")
    parser.add_argument("--none", metavar="LABEL", help="a label for what none of the labels fits; left out without it")
    options = parser.parse_args(arguments)
    if not 0 <= options.validation < 1:
        raise UserError(f"--validation {options.validation}: expected a share from 0 to less than 1, such as 0.2")
    dataset = Dataset(options.folder, options.validation, options.none)
    counts: dict[str, int] = {}
    for item in Api(options.api, os.environ.get("BUCKETLENS_TOKEN")).reviewed():
        outcome = dataset.add(item)
        counts[outcome] = counts.get(outcome, 0) + 1
    print(f"{options.folder}: " + (", ".join(f"{n} {outcome}" for outcome, n in counts.items()) or "nothing was reviewed"))
