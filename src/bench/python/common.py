"""What both ways of writing the function share: the model's files, what an event asks for, and the item of a result."""

import hashlib
import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote_plus

import numpy as np
from botocore.exceptions import ClientError

MODEL = Path(os.environ["MODEL"])
MANIFEST = json.loads(MODEL.with_suffix(".json").read_text())
LABELS = (MODEL.parent / MANIFEST["labels"]).read_text().splitlines()
MODEL_HASH = hashlib.sha256(MODEL.read_bytes()).hexdigest()[:12]
TABLE = os.environ.get("TABLE", "")
THREADS = int(os.environ.get("THREADS", "1"))
SIZE = 224
CROP = 0.875
MEAN, STD = 127.0, 128.0
TOP = 5


def central_square(width, height):
    """The part of a photo that the model sees."""
    side = int(CROP * min(width, height))
    left = (width - side + 1) // 2
    top = (height - side + 1) // 2
    return left, top, left + side, top + side


def input_values(levels, tensor):
    """Levels from 0 to 255 as the input tensor has them."""
    values = (np.asarray(levels, dtype=np.float32) - MEAN) / STD
    if tensor["dtype"] == np.float32:
        return values
    scale, zero_point = tensor["quantization"]
    limits = np.iinfo(tensor["dtype"])
    return np.clip(np.round(values / scale) + zero_point, limits.min, limits.max).astype(tensor["dtype"])


def best_scores(numbers, values, tensor):
    """(label, score) of labels by their numbers and the output tensor's values of them."""
    if tensor["dtype"] != np.float32:
        scale, zero_point = tensor["quantization"]
        values = (values.astype(np.float32) - zero_point) * scale
    return [(LABELS[number], float(value)) for number, value in zip(numbers, values, strict=True)]


def store_all(event, s3, classify, put):
    """Has the item of each upload of an SQS event put, unless a later one is there; answers with the failures."""
    failures = []
    for message in event["Records"]:
        try:
            for record in json.loads(message["body"])["Records"]:
                bucket, upload = record["s3"]["bucket"]["name"], record["s3"]["object"]
                key = unquote_plus(upload["key"])
                answer = s3.get_object(Bucket=bucket, Key=key)
                image = answer["Body"].read()
                uri = f"s3://{bucket}/{key}"
                put_newer(item(uri, upload["sequencer"], answer["ETag"], len(image), *classify(image)), put)
        except Exception as error:
            print(json.dumps({"level": "WARNING", "message": f"{message['messageId']}: {error!r}"}))
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def item(image, sequencer, e_tag, size, scores, dimensions):
    time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    best = [{"label": label, "score": Decimal(f"{score:.6f}")} for label, score in scores]
    return {
        "image": image,
        "status": "CLASSIFIED",
        **best[0],
        "scores": best,
        "model": MANIFEST["name"],
        "modelHash": MODEL_HASH,
        "sequencer": sequencer,
        "eTag": e_tag.strip('"'),
        "size": size,
        "width": dimensions[0],
        "height": dimensions[1],
        "classifiedAt": time,
        "day": time[:10],
    }


def put_newer(item, put):
    try:
        put(item, "attribute_not_exists(image) OR sequencer < :sequencer", {":sequencer": item["sequencer"]})
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
