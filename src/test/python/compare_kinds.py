"""Holds the model tools to what the program is held to: the models of `ModelKindsTest`, by the manifests beside them.

    python src/test/python/compare_kinds.py

fails where `bucketlens_model evaluate` would score the photo crab.jpg otherwise than `scores.tsv` has it: by more than
0.001, or a step of 8 bits.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from bucketlens_model.evaluate import python_engine
from bucketlens_model.manifest import Manifest

ROOT = Path(__file__).parents[3]
PHOTO = ROOT / "src" / "local" / "resources" / "photos" / "crab.jpg"
KINDS = Path(__file__).parents[1] / "resources" / "models" / "kinds"
TOLERANCE = 1e-3
STEP = 1 / 256


def difference(name: str, expected: np.ndarray) -> float:
    """By how much the farthest score is beyond what is tolerated; 0 or less if none is."""
    model = KINDS / f"{name}.tflite"
    found = python_engine(model, Manifest.read(model))(PHOTO)
    tolerance = STEP if np.all(expected * 256 % 1 == 0) else TOLERANCE
    return float(np.abs(found - expected).max()) - tolerance


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    rows = [line.split("\t") for line in (KINDS / "scores.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    beyond = {name: difference(name, np.array(scores, float)) for name, *scores in rows}
    wrong = [f"{name}: {amount:.2g} beyond what is tolerated" for name, amount in beyond.items() if amount > 0]
    print("\n".join(wrong) or f"{len(rows)} models: all scores as expected")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
