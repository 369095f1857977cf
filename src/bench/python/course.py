"""The function as the course writes it: a global interpreter, Pillow, NumPy, boto3.

It does what Bucketlens does: an S3 event becomes an item in the table, {"url"} becomes {label: score}.
"""

import os
from decimal import Decimal
from io import BytesIO
from urllib.request import urlopen

import boto3
import numpy as np
import tflite_runtime.interpreter as tflite
from botocore.exceptions import ClientError
from PIL import Image, ImageOps

from common import LABELS, MANIFEST, MODEL, MODEL_HASH, SIZE, THREADS, TOP, central_square, input_values, now, store_all

interpreter = tflite.Interpreter(model_path=str(MODEL), num_threads=THREADS)
interpreter.allocate_tensors()
INPUT = interpreter.get_input_details()[0]
OUTPUT = interpreter.get_output_details()[0]

s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table(os.environ.get("TABLE", ""))


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
    scores = interpreter.get_tensor(OUTPUT["index"])[0]
    if OUTPUT["dtype"] != np.float32:
        scale, zero_point = OUTPUT["quantization"]
        scores = (scores.astype(np.float32) - zero_point) * scale
    best = np.argsort(-scores, kind="stable")[:TOP]
    return [(LABELS[i], float(scores[i])) for i in best], photo.size


def upload(event, context):
    return store_all(event, store)


def store(bucket, key, sequencer):
    answer = s3.get_object(Bucket=bucket, Key=key)
    image = answer["Body"].read()
    scores, (width, height) = classify(image)
    time = now()
    best = [{"label": label, "score": Decimal(str(round(score, 6)))} for label, score in scores]
    item = {
        "image": f"s3://{bucket}/{key}",
        "status": "CLASSIFIED",
        "label": best[0]["label"],
        "score": best[0]["score"],
        "scores": best,
        "model": MANIFEST["name"],
        "modelHash": MODEL_HASH,
        "sequencer": sequencer,
        "eTag": answer["ETag"].strip('"'),
        "size": len(image),
        "width": width,
        "height": height,
        "classifiedAt": time,
        "day": time[:10],
    }
    try:
        table.put_item(
            Item=item,
            ConditionExpression="attribute_not_exists(image) OR sequencer < :sequencer",
            ExpressionAttributeValues={":sequencer": sequencer},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise


def api(event, context):
    with urlopen(event["url"], timeout=20) as answer:
        scores, _ = classify(answer.read())
    return dict(scores)
