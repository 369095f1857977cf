"""Writes reviewed photos as a folder of folders, from which train, convert and evaluate go on.

    python -m bucketlens_model dataset http://127.0.0.1:8080 folder/of/data

asks the API for what was reviewed and writes folder/of/data/train/<label>/ and folder/of/data/validation/<label>/.
Which of the two a photo is in depends on its content alone, so that no photo is in both, now or later. A second run
goes on where the first ended: index.jsonl in the folder tells what is there. A photo whose review says something else
by now moves, and one whose review was taken back is taken out; what is gone from the bucket stays. A token that the API
asks for is read from the variable BUCKETLENS_TOKEN.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import io
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bucketlens_model.errors import UserError

TIMEOUT = 30
PAGE = 100
LONGEST_NAME = 200
"""Bytes of a folder's name; file systems take 255."""

SUFFIXES = {
    "AVIF": ".avif",
    "BMP": ".bmp",
    "GIF": ".gif",
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "TIFF": ".tif",
    "WEBP": ".webp",
}
"""Of the formats as Pillow calls them."""


class MissingError(UserError):
    """What was asked for is not there, or no longer at this address."""


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

    def image(self, name: str) -> dict:
        """What is known of an image now, and an address to read it from."""
        return self._get(f"images/{urllib.parse.quote(name.removeprefix('s3://'))}?previews=true")

    def _get(self, path: str) -> dict:
        request = urllib.request.Request(f"{self.url.rstrip('/')}/{path}")
        if self.token:
            request.add_header("authorization", f"Bearer {self.token}")
        try:
            return json.loads(read(request, self.url))
        except json.JSONDecodeError as e:
            raise UserError(f"{self.url}: answered something else than JSON; expected the API of Bucketlens") from e


def read(request: urllib.request.Request | str, name: str) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.read()
    except urllib.error.HTTPError as e:
        missing = e.code == 404 or (isinstance(request, str) and e.code == 403)
        sentence = f"{name}: answered {e.code}; expected a list of reviewed images and their photos"
        raise (MissingError if missing else UserError)(sentence) from e
    except (urllib.error.URLError, http.client.HTTPException, ValueError) as e:
        raise UserError(f"{name}: cannot be read: {getattr(e, 'reason', e)}") from e


def photo_of(item: dict, api: Api) -> bytes:
    """The photo's bytes; by a new address if its own is no longer good, as after some minutes."""
    if "preview" not in item:
        raise MissingError("the API gives no address to read it from")
    try:
        return read(item["preview"], item["image"])
    except MissingError:
        now = api.image(item["image"])
        if now.get("eTag") != item["eTag"] or "preview" not in now:
            raise
        return read(now["preview"], item["image"])


def folder_name(label: str) -> str:
    """The label as it is, but for what a folder's name cannot hold, percent-encoded, and what is too long for one."""
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|%' else urllib.parse.quote(c, safe="") for c in label)
    name = f"%2E{name[1:]}" if name.startswith(".") else name
    if len(name.encode()) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(label.encode()).hexdigest()[:16]
    return f"{name.encode()[: LONGEST_NAME - 17].decode(errors='ignore')}-{digest}"


def suffix_of(content: bytes) -> str:
    """What the name of a file with this content ends in: keys in a bucket can end in anything."""
    try:
        with Image.open(io.BytesIO(content)) as photo:
            return SUFFIXES[photo.format]
    except (UnidentifiedImageError, KeyError, Image.DecompressionBombError) as e:
        raise MissingError("Pillow, which train reads photos with, does not read it") from e


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
        last = {entry["image"]: entry for entry in map(json.loads, lines)}
        self.known = {image: entry for image, entry in last.items() if entry["file"]}
        self.files: dict[str, str] = {}
        """Content to file, of what this run has seen."""
        self.seen: set[str] = set()

    def add(self, item: dict, api: Api) -> str:
        """Writes one reviewed image, unless it is there; says what became of it.

        Of the same content under several keys the latest review counts.
        """
        image = item["image"]
        self.seen.add(image)
        label = item["review"]["label"] if item["review"]["label"] is not None else self.none
        if label is None:
            return self._take_out(image)
        known = self._known(item)
        if known and known["label"] == label:
            return self._keep(known)
        try:
            content = (self.folder / known["file"]).read_bytes() if known else photo_of(item, api)
            digest, suffix = hashlib.sha256(content).hexdigest(), suffix_of(content)
        except MissingError as e:
            print(f"{image} is left out: {e}", file=sys.stderr)
            return self._take_out(image)
        stem = digest[:32]
        if stem in self.files:
            return self._take_out(image)
        name = f"{part_of(digest, self.validation)}/{folder_name(label)}/{stem}{suffix}"
        self._write(name, content)
        self.files[stem] = name
        self._take_out(image)
        self._remember({"image": image, "eTag": item["eTag"], "label": label, "file": name})
        return "written"

    def take_out_withdrawn(self, api: Api) -> int:
        """Takes out what this run has not seen because its review was taken back; says how many."""
        withdrawn = [
            entry for image, entry in self.known.items() if image not in self.seen and _is_withdrawn(entry, api)
        ]
        for entry in withdrawn:
            self._take_out(entry["image"])
        return len(withdrawn)

    def _known(self, item: dict) -> dict | None:
        """What was written of this content before, if it is still there."""
        known = self.known.get(item["image"])
        return known if known and known["eTag"] == item["eTag"] and (self.folder / known["file"]).exists() else None

    def _keep(self, known: dict) -> str:
        if self.files.setdefault(Path(known["file"]).stem, known["file"]) != known["file"]:
            return self._take_out(known["image"])
        return "kept"

    def _take_out(self, image: str) -> str:
        known = self.known.pop(image, None)
        if known:
            if self.files.get(Path(known["file"]).stem) != known["file"]:
                file = self.folder / known["file"]
                file.unlink(missing_ok=True)
                if file.parent.is_dir() and not any(file.parent.iterdir()):
                    file.parent.rmdir()
            self._append({"image": image, "file": None})
        return "left out"

    def _write(self, name: str, content: bytes) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".half")
        half.write_bytes(content)
        half.replace(file)

    def _remember(self, entry: dict) -> None:
        self.known[entry["image"]] = entry
        self._append(entry)

    def _append(self, entry: dict) -> None:
        with self.index.open("a", encoding="utf-8") as index:
            index.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _is_withdrawn(entry: dict, api: Api) -> bool:
    """Whether the same content is still there, and nobody's review of it. What is gone may stay in a data set."""
    try:
        now = api.image(entry["image"])
    except MissingError:
        return False
    return now.get("eTag") == entry["eTag"] and now.get("review", {}).get("state") != "done"


def main(program: str, arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(program, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("api", help="the API's address, such as http://127.0.0.1:8080")
    parser.add_argument("folder", type=Path, help="where the photos go")
    parser.add_argument(
        "--validation", type=float, default=0.2, help="share of the photos that train does not see (0.2)"
    )
    parser.add_argument("--none", metavar="LABEL", help="a label for what none of the labels fits; left out without it")
    options = parser.parse_args(arguments)
    if not 0 <= options.validation < 1:
        raise UserError(f"--validation {options.validation}: expected a share from 0 to less than 1, such as 0.2")
    dataset = Dataset(options.folder, options.validation, options.none)
    counts: dict[str, int] = {}
    api = Api(options.api, os.environ.get("BUCKETLENS_TOKEN"))
    for item in api.reviewed():
        outcome = dataset.add(item, api)
        counts[outcome] = counts.get(outcome, 0) + 1
    if withdrawn := dataset.take_out_withdrawn(api):
        counts["taken out"] = withdrawn
    print(
        f"{options.folder}: " + (", ".join(f"{n} {outcome}" for outcome, n in counts.items()) or "nothing was reviewed")
    )
