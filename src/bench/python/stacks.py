"""Prints, as raw results, what a profile's samples were spent on.

    python stacks.py NAME.stacks ...

Each line of a file is outermost;...;innermost and a count. A stack counts for the first kind that one of its frames has.
"""

import sys
from collections import Counter
from pathlib import Path

KINDS = {
    "inference": ("LiteRt", "litert", "xnn", "engine/"),
    "decoding": ("jpeg", "jsimd", "jdhuff", "image/format"),
    "resizing": ("bucketlens_resize", "libbucketlens", "image/resize"),
    "images, the rest": ("dev/bucketlens/image/",),
    "signing": ("http/auth", "signer", "Signer"),
    "TLS": ("sun/security/ssl",),
    "S3, the rest": ("services/s3/",),
    "DynamoDB, the rest": ("services/dynamodb/",),
    "AWS SDK, the rest": ("software/amazon/awssdk/",),
    "HTTP and the Runtime API": ("runtime/api/client", "sun/net/www", "java/net/"),
    "Bucketlens, the rest": ("dev/bucketlens/",),
    "compiler": ("CompileBroker", "Compiler", "C1_", "C2_"),
    "garbage collector": ("VM_Operation", "VMThread", "GC"),
}


def kind(stack):
    return next((name for name, marks in KINDS.items() if any(mark in stack for mark in marks)), "other")


print("# shares of an async-profiler profile by processor time")
print("subject,variant,round,share")
for file in map(Path, sys.argv[1:]):
    samples = Counter()
    for line in file.read_text().splitlines():
        stack, count = line.rsplit(" ", 1)
        samples[kind(stack)] += int(count)
    for name in (*KINDS, "other"):
        print(f"{file.stem},\"{name}\",1,{100 * samples[name] / samples.total():.2f}")
