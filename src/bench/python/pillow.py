"""From a photo to a model's pixels: decoded whole, as most do it, and reduced where Pillow can."""

from io import BytesIO

from PIL import Image

SIDE = 224


def decode(image, reduced=False):
    photo = Image.open(BytesIO(image))
    if reduced:
        photo.draft("RGB", (SIDE, SIDE))
    return photo.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)


def draft(image):
    return decode(image, reduced=True)
