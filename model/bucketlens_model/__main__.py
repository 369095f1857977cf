"""Trains, converts and measures models for Bucketlens.

    python -m bucketlens_model COMMAND --help

tells of one command. Run it in the folder `model`, with the packages of requirements.txt.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from bucketlens_model.errors import UserError

PROGRAM = "python -m bucketlens_model"

COMMANDS = {
    "train": "train a classifier on a folder of folders of photos",
    "convert": "convert a Keras model to TensorFlow Lite, with metadata and manifest",
    "dataset": "write reviewed photos as a folder of folders to train on",
    "evaluate": "measure a .tflite classifier on a labelled folder, in Python, in the running program, or in both",
    "imagenet": "make the default model, EfficientNet-Lite0, anew",
}
"""Each is a module of this package with a function `main(program, arguments)`. They are imported when they are asked
for: TensorFlow takes seconds to load."""


def main() -> None:
    commands = "\n".join(f"  {name:10} {purpose}" for name, purpose in COMMANDS.items())
    parser = argparse.ArgumentParser(
        PROGRAM,
        description=f"{__doc__}\ncommands:\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the commands above")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="what the command takes")
    options = parser.parse_args()
    command = importlib.import_module(f"bucketlens_model.{options.command}")
    try:
        command.main(f"{PROGRAM} {options.command}", options.arguments)
    except (UserError, OSError) as e:
        sys.exit(f"{PROGRAM} {options.command}: {e}")


if __name__ == "__main__":
    main()
