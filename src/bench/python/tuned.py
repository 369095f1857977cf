"""The same function with what makes Python faster, and still readable.

- botocore without boto3, and without checking parameters that this file writes itself
- JPEG decoded at a reduced size where the crop stays larger than the model's input
- one lookup instead of float arithmetic for the quantised input
- argpartition instead of a full sort
- the newest interpreter
"""

import hashlib
import json
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_plus

import botocore.session
import numpy as np
import urllib3
from ai_edge_litert.interpreter import Interpreter
from botocore.config import Config
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

interpreter = Interpreter(model_path=str(MODEL), num_threads=int(os.environ.get("THREADS", "1")))
interpreter.allocate_tensors()
INPUT = interpreter.get_input_details()[0]
OUTPUT = interpreter.get_output_details()[0]


def _lookup():
    """The input's value for each of the 256 values of a pixel."""
    values = (np.arange(256, dtype=np.float32) - MEAN) / STD
    if INPUT["dtype"] == np.float32:
        return values
    scale, zero_point = INPUT["quantization"]
    limits = np.iinfo(INPUT["dtype"])
    return np.clip(np.round(values / scale) + zero_point, limits.min, limits.max).astype(INPUT["dtype"])


LOOKUP = _lookup()

session = botocore.session.get_session()
config = Config(parameter_validation=False, retries={"mode": "standard"})
s3 = session.create_client("s3", config=config)
dynamodb = session.create_client("dynamodb", config=config)
web = urllib3.PoolManager()


def preprocess(photo):
    if photo.format == "JPEG":
        wanted = int(SIZE / CROP) + 1
        photo.draft("RGB", (wanted, wanted))
    upright = ImageOps.exif_transpose(photo)
    if upright.mode != "RGB":
        upright = upright.convert("RGB")
    side = int(CROP * min(upright.size))
    left = (upright.width - side + 1) // 2
    top = (upright.height - side + 1) // 2
    box = (left, top, left + side, top + side)
    small = upright.resize((SIZE, SIZE), Image.Resampling.BICUBIC, box=box)
    return LOOKUP[np.asarray(small)][np.newaxis]


def classify(image):
    """Bytes of an image file to [(label, score)], best first, and the size of the image."""
    photo = Image.open(BytesIO(image))
    size = photo.size
    interpreter.set_tensor(INPUT["index"], preprocess(photo))
    interpreter.invoke()
    scores = interpreter.get_tensor(OUTPUT["index"])[0]
    some = np.argpartition(scores, -TOP)[-TOP:]
    best = some[np.argsort(-scores[some].astype(np.float32), kind="stable")]
    if OUTPUT["dtype"] != np.float32:
        scale, zero_point = OUTPUT["quantization"]
        return [(LABELS[i], (int(scores[i]) - zero_point) * scale) for i in best], size
    return [(LABELS[i], float(scores[i])) for i in best], size


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
    best = [{"M": {"label": {"S": label}, "score": {"N": f"{score:.6f}"}}} for label, score in scores]
    item = {
        "image": {"S": f"s3://{bucket}/{key}"},
        "status": {"S": "CLASSIFIED"},
        "label": best[0]["M"]["label"],
        "score": best[0]["M"]["score"],
        "scores": {"L": best},
        "model": {"S": MANIFEST["name"]},
        "modelHash": {"S": MODEL_HASH},
        "sequencer": {"S": sequencer},
        "eTag": {"S": answer["ETag"].strip('"')},
        "size": {"N": str(len(image))},
        "width": {"N": str(width)},
        "height": {"N": str(height)},
        "classifiedAt": {"S": now},
        "day": {"S": now[:10]},
    }
    try:
        dynamodb.put_item(
            TableName=os.environ["TABLE"],
            Item=item,
            ConditionExpression="attribute_not_exists(image) OR sequencer < :sequencer",
            ExpressionAttributeValues={":sequencer": {"S": sequencer}},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise


def api(event, context):
    answer = web.request("GET", event["url"], timeout=20, retries=False)
    scores, _ = classify(answer.data)
    return dict(scores)
