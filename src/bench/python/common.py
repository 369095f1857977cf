"""What both ways of writing the function share: the model's files, and what an event asks for."""

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_plus

import numpy as np

MODEL = Path(os.environ["MODEL"])
MANIFEST = json.loads(MODEL.with_suffix(".json").read_text())
LABELS = (MODEL.parent / MANIFEST["labels"]).read_text().splitlines()
MODEL_HASH = hashlib.sha256(MODEL.read_bytes()).hexdigest()[:12]
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


def store_all(event, store):
    """Calls store(bucket, key, sequencer) for each upload of an SQS event; answers with the failed messages."""
    failures = []
    for message in event["Records"]:
        try:
            for record in json.loads(message["body"])["Records"]:
                s3 = record["s3"]
                store(s3["bucket"]["name"], unquote_plus(s3["object"]["key"]), s3["object"]["sequencer"])
        except Exception as error:
            print(json.dumps({"level": "WARNING", "message": f"{message['messageId']}: {error!r}"}))
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def now():
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
