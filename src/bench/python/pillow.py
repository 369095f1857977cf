"""From a photo to a model's pixels, as most do it: decoded whole, then resized."""

from io import BytesIO

from PIL import Image

SIDE = 224


def decode(image):
    photo = Image.open(BytesIO(image)).convert("RGB")
    return photo.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
