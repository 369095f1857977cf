"""From a photo to the pixels that a model wants, as the manifest beside the model says it.

This is the reference that the Java program is measured against. Pillow decodes and scales; the arithmetic of crops and
borders is written out, because another language has to do exactly the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor, ImageOps

from bucketlens_model.errors import UserError

PHOTO_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"}

PILLOW_FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "area": Image.Resampling.BOX,
    "lanczos3": Image.Resampling.LANCZOS,
}
TF_BILINEAR = "tf-bilinear"
FILTERS = (*PILLOW_FILTERS, TF_BILINEAR)

STRETCH = "stretch"
"""The other aspects are {"centerCrop": fraction} and {"letterbox": "#rrggbb"}."""


@dataclass(frozen=True)
class InputSpec:
    """The `input` part of a manifest: what happens to a photo before it is a tensor."""

    width: int
    height: int
    resize: str = "bilinear"
    aspect: str | dict = STRETCH
    background: str = "#ffffff"
    mean: list[float] = field(default_factory=lambda: [127.0])
    std: list[float] = field(default_factory=lambda: [128.0])
    range: list[float] = field(default_factory=lambda: [0.0, 255.0])
    channelOrder: str = "rgb"  # noqa: N815, the manifest's own word
    raw: bool = False
    layout: str | None = None
    channels: int = 3
    """1 for a model that sees gray. The manifest does not say it: the model's input does."""

    def tensor(self, photo: Image.Image) -> np.ndarray:
        """The float32 tensor (height, width, channels) of a photo: levels in `range`, then (value - mean) / std; raw
        levels as they are."""
        return self.normalise(self.pixels(photo))

    def pixels(self, photo: Image.Image) -> np.ndarray:
        """The uint8 pixels (height, width, channels) of a photo at the size of the model."""
        upright = upright_rgb(photo, self.background)
        if self.channels == 1:
            upright = upright.convert("L")
        scaled = self._scaled(upright)
        if self.channels == 1:
            return scaled[..., np.newaxis]
        return scaled[..., ::-1] if self.channelOrder == "bgr" else scaled

    def _scaled(self, upright: Image.Image) -> np.ndarray:
        size = (self.width, self.height)
        if self.aspect == STRETCH:
            return resize(upright, size, self.resize)
        if "centerCrop" in self.aspect:
            return resize(upright.crop(crop_box(upright.size, size, self.aspect["centerCrop"])), size, self.resize)
        return letterbox(upright, size, self.resize, self.aspect["letterbox"])

    def normalise(self, pixels: np.ndarray) -> np.ndarray:
        """What the levels mean to the model, in float32."""
        if self.raw:
            return pixels.astype(np.float32)
        low, high = self.range
        if (low, high) == (0, 255):
            return (pixels.astype(np.float32) - np.float32(self.mean)) / np.float32(self.std)
        values = low + pixels * ((high - low) / 255)
        return ((values - np.array(self.mean)) / np.array(self.std)).astype(np.float32)


def upright_rgb(photo: Image.Image, background: str = "#ffffff") -> Image.Image:
    """The photo as a person sees it: turned as its EXIF orientation says, in RGB, transparency laid on `background`."""
    upright = ImageOps.exif_transpose(photo)
    if upright.has_transparency_data:
        rgba = upright.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", rgba.size, background), rgba).convert("RGB")
    return upright.convert("RGB")


def crop_box(size: tuple[int, int], target: tuple[int, int], fraction: float) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) in the middle of `size` that has the shape of `target` and `fraction` of the
    largest such box's side. Rounding is that of the published EfficientNet evaluation: sides down, offsets up."""
    width, height = size
    crop_width = max(1, int(fraction * min(width, height * target[0] / target[1])))
    crop_height = max(1, int(fraction * min(height, width * target[1] / target[0])))
    left = (width - crop_width + 1) // 2
    top = (height - crop_height + 1) // 2
    return left, top, left + crop_width, top + crop_height


def letterbox(photo: Image.Image, size: tuple[int, int], filter_name: str, colour: str) -> np.ndarray:
    """The whole photo, as large as it fits, in the middle of a canvas of one colour."""
    scale = min(size[0] / photo.width, size[1] / photo.height)
    width = max(1, int(photo.width * scale + 0.5))
    height = max(1, int(photo.height * scale + 0.5))
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    ground = Image.new("RGB", size, ImageColor.getrgb(colour)).convert(photo.mode)
    canvas = np.array(ground)
    canvas[top : top + height, left : left + width] = resize(photo, (width, height), filter_name)
    return canvas


def resize(photo: Image.Image, size: tuple[int, int], filter_name: str) -> np.ndarray:
    """A photo scaled to `size` (width, height), as uint8 pixels (height, width, 3), or in gray (height, width)."""
    if filter_name == TF_BILINEAR:
        return _resize_as_tensorflow(np.asarray(photo), size)
    return np.asarray(photo.resize(size, PILLOW_FILTERS[filter_name]))


def _resize_as_tensorflow(pixels: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """`tf.image.resize` with its defaults: bilinear between pixel centres, not smoothed; halves rounded to even."""
    import tensorflow as tf

    coloured = pixels if pixels.ndim == 3 else pixels[..., np.newaxis]
    scaled = tf.image.resize(coloured, (size[1], size[0]))
    return tf.cast(tf.round(scaled), tf.uint8).numpy().reshape(size[1], size[0], *pixels.shape[2:])


def photos_in(folder: Path) -> list[Path]:
    """All photos under a folder, in a fixed order."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    if not found:
        what = "no photo found" if folder.is_dir() else "there is no such folder"
        raise UserError(f"{folder}: {what}; expected photos below it ({', '.join(sorted(PHOTO_SUFFIXES))})")
    return found
