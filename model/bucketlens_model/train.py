"""Trains an image classifier on a folder of folders by transfer learning from EfficientNet-Lite.

    python -m bucketlens_model train folder/of/data --name clothing

expects folder/of/data/train/<class>/*.jpg and folder/of/data/validation/<class>/*.jpg and writes, into --output,

    clothing.keras           the trained model, float32, probabilities for the classes in alphabetic order
    clothing.labels.txt      those classes, one a line
    clothing-curves.png      accuracy and loss by epoch
    clothing-confusion.png   the confusion matrix on the validation photos

The lower blocks keep their ImageNet weights, so what they make of the photos is computed once: `--passes` times for
every photo, each time differently cropped, mirrored and coloured. Then (1) a new head is trained on the pooled
features, (2) head and upper blocks are fine-tuned together on those activations, with mixup, label smoothing and
averaged weights; the epoch with the best validation accuracy is kept, and (3) its scores are calibrated on the
validation photos. Minutes to an hour on two cores.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageEnhance

from bucketlens_model import efficientnet_lite, metrics, plots
from bucketlens_model.errors import UserError
from bucketlens_model.preprocessing import FILTERS, InputSpec, photos_in, resize, upright_rgb

FIRST_TUNED_STAGE = 4
"""The stage of EfficientNet-Lite (112 filters in Lite0) from which on blocks are fine-tuned."""

LABEL_SMOOTHING = 0.1
MIXUP_ALPHA = 0.2
DROP_CONNECT = 0.1
DROPOUT = 0.3
EMA_MOMENTUM = 0.995
HEAD_EPOCHS = 15
BATCH = 32


@dataclass(frozen=True)
class Photos:
    """The photos of one split with the number of each one's class."""

    files: list[Path]
    classes: np.ndarray

    @staticmethod
    def of(folder: Path, labels: list[str]) -> Photos:
        """The photos in the folders of these labels; says which folders are others, and leaves them out."""
        found = photos_in(folder)
        files = [file for file in found if file.parent.name in labels]
        for other in sorted({file.parent for file in found} - {file.parent for file in files}):
            print(f"{other} is left out: no photo to train on has this label")
        if not files:
            raise UserError(f"{folder}: no photo has one of the labels to train on ({', '.join(labels)})")
        return Photos(files, np.array([labels.index(file.parent.name) for file in files]))

    def one_hot(self, classes: int) -> np.ndarray:
        return np.eye(classes, dtype=np.float32)[self.classes]


def augmented(photo: Image.Image, spec: InputSpec, random: np.random.Generator) -> Image.Image:
    """The photo as somebody else might have taken it, at the size of the model: closer, mirrored, in another light."""
    area, shape = random.uniform(0.65, 1.0), np.exp(random.uniform(np.log(0.8), np.log(1.25)))
    width = int(photo.width * min(1.0, np.sqrt(area * shape)))
    height = int(photo.height * min(1.0, np.sqrt(area / shape)))
    left, top = random.integers(photo.width - width + 1), random.integers(photo.height - height + 1)
    photo = photo.crop((left, top, left + width, top + height))
    photo = Image.fromarray(resize(photo, (spec.width, spec.height), spec.resize))
    if random.random() < 0.5:
        photo = photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for enhancer in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        photo = enhancer(photo).enhance(random.uniform(0.75, 1.25))
    return photo


class Network:
    """The classifier in two parts: `lower` is frozen, `upper` (from the tuned stage to the probabilities) learns."""

    def __init__(self, variant: str, resolution: int, classes: int) -> None:
        backbone = efficientnet_lite.features(variant, resolution, DROP_CONNECT)
        efficientnet_lite.load_imagenet_weights(backbone, variant)
        self.full = efficientnet_lite.classifier(backbone, classes, DROPOUT)
        cut = self.full.get_layer(f"block{efficientnet_lite.first_block(variant, FIRST_TUNED_STAGE)}_expand_conv").input
        pooled = self.full.get_layer("average").output
        self.lower = keras.Model(self.full.input, cut)
        self.upper = keras.Model(cut, self.full.output)
        self.pooling = keras.Model(cut, pooled)
        self.logits = keras.Model(cut, self.full.get_layer("logits").output)
        self.head = keras.Model(pooled, self.full.output)
        for layer in self.full.layers:
            layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)

    def activations(self, photos: Photos, spec: InputSpec, what: str, seed: int | None = None) -> np.ndarray:
        """What the lower part makes of every photo, as float16; augmented when there is a seed."""
        random = np.random.default_rng(seed) if seed is not None else None
        lower = tf.function(lambda batch: self.lower(batch, training=False), reduce_retracing=True)
        kept = np.empty((len(photos.files), *self.lower.output_shape[1:]), np.float16)
        for start in range(0, len(photos.files), BATCH):
            files = photos.files[start : start + BATCH]
            kept[start : start + BATCH] = lower(np.stack([_tensor(file, spec, random) for file in files]))
            print(f"\r{what}: {start + len(files)} of {len(photos.files)} photos", end="", flush=True)
        print()
        return kept


def _tensor(file: Path, spec: InputSpec, random: np.random.Generator | None) -> np.ndarray:
    with Image.open(file) as photo:
        upright = upright_rgb(photo)
    return spec.tensor(augmented(upright, spec, random) if random else upright)


class CachedPasses(keras.utils.PyDataset):
    """Batches of cached activations in random order: another augmentation pass every epoch, photos mixed in pairs.

    Mixup replaces each example by a weighted mean of it and another one, activations and classes alike.
    """

    def __init__(self, passes: list[np.ndarray], classes: np.ndarray, seed: int) -> None:
        super().__init__()
        self._passes = passes
        self._classes = classes
        self._random = np.random.default_rng(seed)
        self._epoch = 0
        self._order = self._random.permutation(len(classes))

    def __len__(self) -> int:
        return math.ceil(len(self._classes) / BATCH)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        chosen = self._order[index * BATCH : (index + 1) * BATCH]
        activations = self._passes[self._epoch % len(self._passes)][chosen].astype(np.float32)
        classes = self._classes[chosen]
        weight = self._random.beta(MIXUP_ALPHA, MIXUP_ALPHA)
        mix = lambda values: weight * values + (1 - weight) * values[::-1]  # noqa: E731
        return mix(activations), mix(classes)

    def on_epoch_end(self) -> None:
        self._epoch += 1
        self._order = self._random.permutation(len(self._classes))


def compiled(model: keras.Model, learning_rate: float, steps: int, weight_decay: float, averaged: bool) -> keras.Model:
    """The model ready to learn: the rate rises over a twentieth of the steps, then falls along a cosine."""
    warmup = max(1, steps // 20)
    rate = keras.optimizers.schedules.CosineDecay(
        learning_rate / 20, steps - warmup, alpha=0.2, warmup_target=learning_rate, warmup_steps=warmup
    )
    model.compile(
        keras.optimizers.AdamW(
            rate, weight_decay=weight_decay, use_ema=averaged, ema_momentum=EMA_MOMENTUM, clipnorm=1.0
        ),
        keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING),
        metrics=["accuracy"],
    )
    return model


def train_head(network: Network, passes: list[np.ndarray], classes: np.ndarray, validation: tuple) -> None:
    """Trains only the new dense layer, on the pooled features of every pass: cheap, and it spares the blocks above the
    cut the large random gradients of an untrained head."""
    pooled = np.concatenate([network.pooling.predict(kept, batch_size=BATCH, verbose=0) for kept in passes])
    repeated = np.tile(classes, (len(passes), 1))
    seen = (network.pooling.predict(validation[0], batch_size=BATCH, verbose=0), validation[1])
    steps = HEAD_EPOCHS * len(pooled) // 128
    head = compiled(network.head, 3e-3, steps, weight_decay=1e-3, averaged=False)
    head.fit(pooled, repeated, batch_size=128, epochs=HEAD_EPOCHS, validation_data=seen, verbose=2)


def fine_tune(network: Network, data: CachedPasses, validation: tuple, options: argparse.Namespace) -> dict:
    """Trains head and upper blocks; leaves the weights of the best epoch in the network. Returns the history."""
    upper = compiled(network.upper, options.learning_rate, options.epochs * len(data), options.weight_decay, True)
    best = options.output / f"{options.name}.weights.h5"
    history = upper.fit(
        data,
        epochs=options.epochs,
        validation_data=validation,
        verbose=2,
        callbacks=[
            keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
            keras.callbacks.ModelCheckpoint(
                best, "val_accuracy", save_best_only=True, save_weights_only=True, verbose=0
            ),
            keras.callbacks.EarlyStopping("val_accuracy", patience=options.patience, verbose=1),
        ],
    )
    upper.load_weights(best)
    best.unlink()
    return history.history


def calibrate(network: Network, validation: tuple) -> float:
    """Divides the logits by the temperature that makes the validation photos most likely, and returns it.

    Label smoothing and mixup teach a network to doubt; this gives its scores back their meaning (0.8 is right eight
    times in ten). The order of the scores, and so the accuracy, stays.
    """
    outputs = network.logits.predict(validation[0], batch_size=BATCH, verbose=0)
    truth = validation[1].argmax(axis=1)
    candidates = np.linspace(0.2, 2.0, 181)
    temperature = float(min(candidates, key=lambda t: metrics.negative_log_likelihood(outputs / t, truth)))
    layer = network.full.get_layer("logits")
    layer.set_weights([weights / temperature for weights in layer.get_weights()])
    return temperature


def parsed(program: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(program, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with train/<class>/ and validation/<class>/")
    parser.add_argument("--name", default="model", help="name of the files written")
    parser.add_argument("--output", type=Path, default=Path("."), help="folder for the results (default: here)")
    parser.add_argument(
        "--variant",
        choices=efficientnet_lite.VARIANTS,
        default="lite0",
        help="larger is slower and better (default: lite0)",
    )
    parser.add_argument("--resolution", type=int, help="side of the input (default: the variant's own)")
    parser.add_argument("--resize", choices=FILTERS, default="bilinear", help="how photos are scaled")
    parser.add_argument("--passes", type=int, default=8, help="augmented passes to cache (default: 8)")
    parser.add_argument("--epochs", type=int, default=12, help="of fine-tuning, at most (default: 12)")
    parser.add_argument("--patience", type=int, default=5, help="epochs without a better validation before stopping")
    parser.add_argument("--learning-rate", type=float, default=4e-4, help="of fine-tuning, at most (default: 4e-4)")
    parser.add_argument("--weight-decay", type=float, default=0.02, help="of fine-tuning (default: 0.02)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random (default: 1)")
    return parser.parse_args(arguments)


def main(program: str, arguments: list[str]) -> None:
    options = parsed(program, arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(options.seed)
    for split in ("train", "validation"):
        if not (options.data / split).is_dir():
            raise UserError(f"{options.data / split}: no such folder; expected one with a folder for each class")
    labels = sorted({file.parent.name for file in photos_in(options.data / "train")})
    training = Photos.of(options.data / "train", labels)
    held_out = Photos.of(options.data / "validation", labels)
    side = options.resolution or efficientnet_lite.VARIANTS[options.variant].resolution
    spec = InputSpec(side, side, options.resize)
    network = Network(options.variant, side, len(labels))

    validation = (network.activations(held_out, spec, "validation").astype(np.float32), held_out.one_hot(len(labels)))
    passes = [
        network.activations(training, spec, f"pass {number} of {options.passes}", options.seed * 1000 + number)
        for number in range(1, options.passes + 1)
    ]
    classes = training.one_hot(len(labels))
    train_head(network, passes[:2], classes, validation)
    history = fine_tune(network, CachedPasses(passes, classes, options.seed), validation, options)

    print(f"temperature {calibrate(network, validation):.2f}")
    scores = network.upper.predict(validation[0], batch_size=BATCH, verbose=0)
    print(f"validation accuracy {metrics.top_k_accuracy(scores, held_out.classes, 1):.4f}")
    network.full.save(options.output / f"{options.name}.keras")
    (options.output / f"{options.name}.labels.txt").write_text("\n".join(labels) + "\n", encoding="utf-8")
    plots.training_curves(history, options.output / f"{options.name}-curves.png")
    counts = metrics.confusion(scores, held_out.classes)
    plots.confusion_matrix(counts, labels, options.output / f"{options.name}-confusion.png")
