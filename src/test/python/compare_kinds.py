"""Holds the model tools to what the program is held to: the models of `ModelKindsTest`, by the manifests beside them.

    python src/test/python/compare_kinds.py

fails where `bucketlens_model evaluate` would score the photo crab.jpg otherwise than `scores.tsv` has it: by more than
0.001, or a step of 8 bits; or where it would apply a softmax or sigmoid twice, of which `refusals.tsv` has what the
program says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from bucketlens_model.errors import UserError
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


def refuses(name: str) -> bool:
    model = KINDS / f"{name}.tflite"
    try:
        python_engine(model, Manifest.read(model))
    except UserError as e:
        return "already; set it to probabilities" in str(e)
    return False


def rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in (KINDS / table).read_text(encoding="utf-8").splitlines()[1:]]


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    scored = rows("scores.tsv")
    twice = [
        name for name, sentence in rows("refusals.tsv") if sentence.endswith(("SOFTMAX already", "LOGISTIC already"))
    ]
    beyond = {name: difference(name, np.array(scores, float)) for name, *scores in scored}
    wrong = [f"{name}: {amount:.2g} beyond what is tolerated" for name, amount in beyond.items() if amount > 0]
    wrong += [f"{name}: not refused" for name in twice if not refuses(name)]
    print("\n".join(wrong) or f"{len(scored) + len(twice)} models: all scored or refused as expected")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
