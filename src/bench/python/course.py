"""The function as the course writes it: a global interpreter, Pillow, NumPy, boto3.

It does what Bucketlens does: an S3 event becomes an item in the table, {"url"} becomes {label: score}.
"""

from io import BytesIO
from urllib.request import urlopen

import boto3
import numpy as np
import tflite_runtime.interpreter as tflite
from PIL import Image, ImageOps

from common import MODEL, SIZE, TABLE, THREADS, TOP, best_scores, central_square, input_values, store_all

interpreter = tflite.Interpreter(model_path=str(MODEL), num_threads=THREADS)
interpreter.allocate_tensors()
INPUT = interpreter.get_input_details()[0]
OUTPUT = interpreter.get_output_details()[0]

s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table(TABLE)


def preprocess(photo):
    upright = ImageOps.exif_transpose(photo).convert("RGB")
    square = upright.crop(central_square(*upright.size))
    small = square.resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    return input_values(small, INPUT)[np.newaxis]


def classify(image):
    """Bytes of an image file to [(label, score)], best first, and the size of the image."""
    photo = Image.open(BytesIO(image))
    interpreter.set_tensor(INPUT["index"], preprocess(photo))
    interpreter.invoke()
    values = interpreter.get_tensor(OUTPUT["index"])[0]
    best = np.argsort(-values.astype(np.float32), kind="stable")[:TOP]
    return best_scores(best, values[best], OUTPUT), photo.size


def put(item, condition, values):
    table.put_item(Item=item, ConditionExpression=condition, ExpressionAttributeValues=values)


def upload(event, context):
    return store_all(event, s3, classify, put)


def api(event, context):
    with urlopen(event["url"], timeout=20) as answer:
        scores, _ = classify(answer.read())
    return dict(scores)
