"""The manifest beside a model, `<model>.json`: what the Java program needs to know and the `.tflite` does not say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

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
                "channelOrder": "rgb",
                "background": self.input.background,
                "range": [0, 255],
                "mean": self.input.mean,
                "std": self.input.std,
            },
            "output": {"type": self.output},
            "license": self.license,
            "source": self.source,
        }
        path = model_file.with_suffix(".json")
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    @staticmethod
    def read(model_file: Path) -> Manifest:
        """The manifest beside `model_file`."""
        document = json.loads(model_file.with_suffix(".json").read_text(encoding="utf-8"))
        labels = document["labels"]
        if isinstance(labels, str):
            labels = model_file.with_name(labels).read_text(encoding="utf-8").splitlines()
        spec = {name: document["input"][name] for name in InputSpec.__dataclass_fields__ if name in document["input"]}
        return Manifest(
            name=document["name"],
            version=document["version"],
            labels=labels,
            input=InputSpec(**spec),
            output=document["output"]["type"],
            license=document.get("license", ""),
            source=document.get("source", ""),
        )
