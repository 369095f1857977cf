"""The manifest beside a model, `<model>.json`: what the Java program needs to know and the `.tflite` does not say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bucketlens_model.errors import UserError
from bucketlens_model.found_file import found
from bucketlens_model.labels import read_labels
from bucketlens_model.preprocessing import InputSpec


@dataclass(frozen=True)
class Manifest:
    """Name, labels and preprocessing of one model."""

    name: str
    version: str
    labels: list[str]
    input: InputSpec
    output: str = "probabilities"
    license: str = ""
    source: str = ""
    scores: int | str = 0
    """The index or the name of the output with the scores."""

    def write(self, model_file: Path, labels_file: Path | None = None) -> Path:
        """Writes the manifest beside its model: with the labels in it, or with the name of the file that holds them."""
        labels = labels_file.name if labels_file else self.labels
        document = {
            "name": self.name,
            "version": self.version,
            "labels": labels,
            "input": {
                "width": self.input.width,
                "height": self.input.height,
                "resize": self.input.resize,
                "aspect": self.input.aspect,
                "channelOrder": self.input.channelOrder,
                "background": self.input.background,
                **self._normalisation(),
            },
            "output": {"type": self.output},
            "license": self.license,
            "source": self.source,
        }
        path = model_file.with_suffix(".json")
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    def _normalisation(self) -> dict:
        if self.input.raw:
            return {"raw": True}
        if self.input.mean == [0] and self.input.std == [1]:
            return {"range": self.input.range}
        return {"range": self.input.range, "mean": self.input.mean, "std": self.input.std}

    @staticmethod
    def read(model_file: Path) -> Manifest:
        """The manifest beside `model_file`, with the defaults that the program has."""
        file = model_file.with_suffix(".json")
        try:
            document = as_object(file, "the manifest", as_json(file, file.read_bytes()))
            given, output = (as_object(file, name, document[name]) for name in ("input", "output"))
            if isinstance(document["labels"], str):
                labels = read_labels(model_file.with_name(document["labels"]))
            else:
                labels = document["labels"]
            defaults = {"width": None, "height": None, "mean": [0.0], "std": [1.0]}
            spec = {name: given[name] for name in InputSpec.__dataclass_fields__ if name in given}
            return Manifest(
                name=document.get("name", model_file.stem),
                version=document.get("version", ""),
                labels=labels,
                input=InputSpec(**(defaults | spec)),
                output=output["type"],
                license=document.get("license", ""),
                source=document.get("source", ""),
                scores=output.get("name", output.get("index", 0)),
            )
        except FileNotFoundError as e:
            raise UserError(f"{e.filename}: no such file; expected the manifest or labels of {model_file}") from e
        except KeyError as e:
            raise UserError(f"{file}: {e.args[0]!r} is missing") from e


def as_json(file: Path, content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError as e:
        other = found(content)
        problem = f"expected a manifest in JSON, found {other}" if other else f"it is not JSON: {e}"
        raise UserError(f"{file}: {problem}") from e


def as_object(file: Path, name: str, value: object) -> dict:
    if not isinstance(value, dict):
        raise UserError(f"{file}: {name} is {json.dumps(value)}; expected a JSON object")
    return value
