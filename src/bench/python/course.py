"""The function as the course writes it: a global interpreter, Pillow, NumPy, boto3.

It does what Bucketlens does: an S3 event becomes an item in the table, {"url"} becomes {label: score}.
"""

import hashlib
import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_plus
from urllib.request import urlopen

import boto3
import numpy as np
import tflite_runtime.interpreter as tflite
from botocore.exceptions import ClientError
from PIL import Image, ImageOps

MODEL = Path(os.environ["MODEL"])
MANIFEST = json.loads(MODEL.with_suffix(".json").read_text())
LABELS = (MODEL.parent / MANIFEST["labels"]).read_text().splitlines()
MODEL_HASH = hashlib.sha256(MODEL.read_bytes()).hexdigest()[:12]
SIZE = 224
CROP = 0.875
MEAN, STD = 127.0, 128.0
TOP = 5

interpreter = tflite.Interpreter(model_path=str(MODEL), num_threads=int(os.environ.get("THREADS", "1")))
interpreter.allocate_tensors()
INPUT = interpreter.get_input_details()[0]
OUTPUT = interpreter.get_output_details()[0]

s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table(os.environ.get("TABLE", ""))


def preprocess(photo):
    upright = ImageOps.exif_transpose(photo).convert("RGB")
    side = int(CROP * min(upright.size))
    left = (upright.width - side + 1) // 2
    top = (upright.height - side + 1) // 2
    small = upright.crop((left, top, left + side, top + side)).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    values = (np.asarray(small, dtype=np.float32) - MEAN) / STD
    if INPUT["dtype"] != np.float32:
        scale, zero_point = INPUT["quantization"]
        limits = np.iinfo(INPUT["dtype"])
        values = np.clip(np.round(values / scale) + zero_point, limits.min, limits.max).astype(INPUT["dtype"])
    return values[np.newaxis]


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
    failures = []
    for message in event["Records"]:
        try:
            for record in json.loads(message["body"])["Records"]:
                store(record["s3"])
        except Exception as error:
            print(json.dumps({"level": "WARNING", "message": f"{message['messageId']}: {error!r}"}))
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def store(record):
    bucket, key = record["bucket"]["name"], unquote_plus(record["object"]["key"])
    sequencer = record["object"]["sequencer"]
    answer = s3.get_object(Bucket=bucket, Key=key)
    image = answer["Body"].read()
    scores, (width, height) = classify(image)
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
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
        "classifiedAt": now,
        "day": now[:10],
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
