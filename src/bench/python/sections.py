"""What is measured: a section for each table of docs/performance.md, as rows of subject, variant, round and figures.

Each is told how much by `n(quick, full)`.
"""

import json
import math
import re
import shutil
import statistics
import subprocess
import time
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from places import FLAGS, IMAGE, INVOKE, NATIVES, OPTIONS, SAMPLES, SCRATCH, model, photo
from processes import C2, Lambda, Loop, Variant, c_loop, java_loop, lambda_size, loops, processor_ms, python_loop, resident, variants

INT8 = ["efficientnet-lite0"]
LITE0 = [*INT8, "efficientnet-lite0-float32"]
KINDS = [*LITE0, "clothing", "dynamic-range", "dense-3x3", "int16x8"]


@dataclass(frozen=True)
class Photo:
    """How often one is worked on at a time, and how often a JVM does first, which compiles its hot code meanwhile."""

    name: str
    count: int
    warm_up: int

    @property
    def file(self):
        return photo(self.name)

    def first(self, share):
        return math.ceil(self.warm_up * share)


SMALL, LARGE = Photo("400x533.jpg", 20, 300), Photo("4000x3000.jpg", 8, 50)
LARGE_ONES = ["4000x3000.jpg", "4000x3000-progressive.jpg", "4000x3000.webp", "4000x3000.png"]
DECODED = [
    Photo("400x533.jpg", 20, 1000),
    Photo("4000x3000.jpg", 4, 60),
    *(Photo(name, 2, 10) for name in ("4000x3000-progressive.jpg", "4000x3000.png", "4000x3000.webp")),
]


def turns(rounds, subject, contenders, measure):
    """Measures contenders in turns, so that what else the machine does meets all of them.

    A round before the first is not counted: it warms servers and caches.
    """
    for number in range(rounds + 1):
        for name, contender in contenders.items():
            figures = measure(contender)
            if number > 0:
                yield {"subject": subject, "variant": name, "round": number, **figures}
    print(f"{subject}: done", flush=True)


def cold_start(n):
    """From process start to the end of init, to the first stored upload, and to the first answered {"url"}."""
    ways = variants(*n(("image", "course", "tuned"), ("plain", "managed", "image", "course", "tuned")))
    for scheme in n(["https"], ["http", "https"]):
        yield from starts(n(2, 7), scheme, n(["upload"], ["upload", "api"]), ways)


def starts(rounds, scheme, functions, ways):
    def first_answer(variant, name):
        with cloud.function(variant, name) as function:
            times = {"init_ms": function.init, "first_ms": function.first(name, "kitten.jpg")}
            return {**times, "cpu_ms": processor_ms(function.pid), "rss_mb": resident(function.pid)}

    with Lambda(scheme) as cloud:
        cloud.put("kitten.jpg", SAMPLES / "kitten.jpg")
        for name in functions:
            yield from turns(rounds, f"{name} {scheme}", ways, lambda variant: first_answer(variant, name))


def warm_items(n):
    """From the event to the stored item."""
    ways = variants(*n(("image", "tuned"), ("image", "course", "tuned")))
    for scheme in n(["https"], ["http", "https"]):
        yield from items(n(1, 5), scheme, n(INT8, LITE0), ways, n(0.2, 1))


def items(rounds, scheme, nets, ways, warm):
    with Lambda(scheme) as cloud:
        for image in (SMALL, LARGE):
            cloud.put(image.name, image.file)
        for net in nets:
            with ExitStack() as stack:
                functions = {name: stack.enter_context(cloud.function(way, net=net)) for name, way in ways.items()}
                for image in (SMALL, LARGE):
                    for name, function in functions.items():
                        function.ms(image.name, count=image.count if ways[name].python else image.first(warm))
                    subject = f"{image.name} {net}" + (", by TLS" if scheme == "https" else "")
                    yield from turns(
                        rounds, subject, functions, lambda function: {"ms": function.ms(image.name, count=image.count)}
                    )


def flags(n):
    """The image with other flags of the JVM, each with a cache of its own: the first upload by TLS, and a warm function."""
    c2 = "-XX:TieredStopAtLevel=4"
    sets = {
        "C2": [c2],
        "C2-sooner": [c2, *thresholds(4, 1000, 200, 3000, 8000)],
        "C2-later": [c2, *thresholds(3, 2000, 1000, 20_000, 600_000)],
    }
    more = {
        "G1": ["-XX:-UseSerialGC", "-XX:+UseG1GC"],
        "compact-object-headers": ["-XX:+UseCompactObjectHeaders"],
        "profiles-replayed": ["-XX:+AOTReplayTraining"],
        "cache-moved": ["-XX:ArchiveRelocationMode=1"],
    }
    ways = variants("image")
    for name, options in n(sets, sets | more).items():
        folder = Path(f"target/flags/{name}").absolute()
        subprocess.run(["env", "FUNCTIONS=upload", "src/bench/aot.sh", folder, *options], check=True)
        ways[name] = Variant.image(folder)
    yield from starts(n(1, 4), "https", ["upload"], ways)
    yield from items(n(1, 4), "https", INT8, ways, n(0.2, 1))


def thresholds(tier, calls, least, calls_and_loops, turns_of_a_loop):
    names = {"Invocation": calls, "MinInvocation": least, "Compile": calls_and_loops, "BackEdge": turns_of_a_loop}
    return [f"-XX:Tier{tier}{name}Threshold={count}" for name, count in names.items()]


def batches(n):
    """Ten photos told one by one, and in one batch: from the first event to the last answer."""
    keys = [f"{number}.jpg" for number in range(10)]
    with Lambda() as cloud, cloud.function(Variant.image(IMAGE)) as function:
        for number, key in enumerate(keys):
            cloud.put(key, SAMPLES / ("crab.jpg" if number % 2 else "chameleon.jpg"))
        sizes = {"single": 1, "batch": len(keys)}
        for _ in range(n(3, 20)):
            for size in sizes.values():
                function.ms(*keys, batch=size)
        yield from turns(n(3, 31), INT8[0], sizes, lambda size: {"ms": function.ms(*keys, batch=size)})


def warm_scores(n):
    """From bytes to ranked scores."""
    for net in n(INT8, LITE0):
        file = model(net)
        commands = {
            "image": java_loop(FLAGS, "classify", file),
            "c2": java_loop(C2, "classify", file),
            "course": python_loop("course", "course", file),
            "tuned": python_loop("tuned", "tuned", file),
        }
        with loops(commands) as started:
            for image in (SMALL, LARGE):
                warm(started, image)
                yield from turns(
                    n(1, 5), f"{image.name} {net}", started, lambda loop: {"ms": loop.ms(image.file, image.count)}
                )


def warm(started, image, share=1):
    """Python needs none of it: what it calls is compiled."""
    for name, loop in started.items():
        if name in ("image", "c2", "full", "imageio"):
            loop.ms(image.file, image.first(share))


def decoders(n):
    """From a photo to 224×224 pixels by bilinear interpolation; djpeg only decodes, at the eighth of the size."""
    commands = {
        "image": java_loop(FLAGS, "decode", "REDUCED"),
        "c2": java_loop(C2, "decode", "REDUCED"),
        "full": java_loop(FLAGS, "decode", "FULL"),
        "pillow": python_loop("tuned", "pillow"),
        "imageio": java_loop(C2, "decode", "IMAGE_IO"),
        "draft": python_loop("tuned", "draft"),
    }
    with loops(commands) as started:
        for image in DECODED:
            some = {decoder: loop for decoder, loop in (started | DJPEG).items() if takes(decoder, image.name)}
            warm(some, image, n(0.1, 1))
            yield from turns(n(1, 9), image.name, some, lambda loop: {"ms": loop.ms(image.file, image.count)})


def takes(decoder, name):
    """ImageIO knows no WebP; only JPEG is decoded at a reduced size, and djpeg's start is more than a small one takes."""
    jpeg = name.endswith(".jpg")
    return {"imageio": not name.endswith(".webp"), "draft": jpeg, "djpeg": jpeg and name != SMALL.name}.get(decoder, True)


class Djpeg:
    """libjpeg-turbo's own program at an eighth of the size, less its start, which is its time for a tiny photo."""

    def ms(self, file, count):
        return self.median(file, count) - self.median(photo("8x8.jpg"), count)

    def median(self, file, count):
        times = []
        for _ in range(count):
            start = time.perf_counter()
            subprocess.run(["djpeg", "-scale", "1/8", "-outfile", "/dev/null", file], check=True)
            times.append((time.perf_counter() - start) * 1e3)
        return statistics.median(times)


DJPEG = {"djpeg": Djpeg()} if shutil.which("djpeg") else {}


def inference(n):
    """One inference: values in, run, scores out.

    Short loops follow each other, and all processes are started anew some times, because where one got its memory is
    worth some percent, too.
    """
    for net in n(INT8, KINDS):
        for threads in range(1, n(1, 2) + 1):
            for _ in range(n(1, 2)):
                yield from in_turns(n(5, 10), f"{net} {threads}", net, threads, "run", 10)


def making(n):
    """Making an interpreter of a model's file, in processes that did so before."""
    for net in n(INT8, KINDS):
        yield from in_turns(n(1, 5), net, net, 1, "make", 5)


def in_turns(rounds, subject, net, threads, what, count):
    file = model(net)
    commands = {
        "java": java_loop(FLAGS, "infer", file, threads),
        **({"c": c_loop(file, threads, 1)} if INVOKE.exists() else {}),
        "litert": python_loop("tuned", "litert", file, threads),
    }
    with loops(commands) as started:
        if "c" in started:
            started["c"].read()
        for loop in started.values():
            loop.ms("run", 50)
        yield from turns(rounds, subject, started, lambda loop: {"ms": loop.ms(what, count)})


def interpreters(n):
    """LiteRT itself, in C: what threads, more interpreters and XNNPACK's weight cache bring."""

    def measure(command):
        with Loop(*command) as loop:
            made, resident_mb = loop.read().split()
            loop.ask("run 5")
            run, a_second = loop.ask("run 20").split()
            return {
                "make_ms": float(made),
                "rss_mb": float(resident_mb),
                "run_ms": float(run) / 1e3,
                "runs_per_second": float(a_second),
            }

    for net in n(INT8, LITE0):
        setups = {}
        cache = SCRATCH / f"weights-{net}"
        for setup in ("1 1 -", "1 1 file", "1 2 -", "2 1 -", "2 1 file", "2 2 -"):
            count, threads, where = setup.split()
            setups[setup] = c_loop(model(net), threads, count, cache if where == "file" else "-")
        yield from turns(n(1, 3), net, setups, measure)
        cache.unlink()


def parts(n):
    """What runs in one process, by JMH on the image's flags: each iteration is a round, the unit is the variant."""
    scores, milliseconds = SCRATCH / "parts.json", n(300, 500)
    jvm = " ".join([*FLAGS, f"-Dbucketlens.native={NATIVES}"])
    command = ["java", OPTIONS, "org.openjdk.jmh.Main", "-f", "1", "-wi", "3", "-w", f"{milliseconds}ms", "-i", n(2, 7)]
    command += ["-r", f"{milliseconds}ms", "-jvmArgs", jvm, "-v", "SILENT", "-rf", "json", "-rff", scores, n("PartsBenchmark.*Thread", "Parts")]
    subprocess.run([*map(str, command)], check=True)
    for part in json.loads(scores.read_text()):
        subject = " ".join([part["benchmark"].rsplit(".", 1)[1], *part.get("params", {}).values()])
        for number, score in enumerate(part["primaryMetric"]["rawData"][0], start=1):
            yield {"subject": subject, "variant": part["primaryMetric"]["scoreUnit"], "round": number, "score": score}


# A stack counts for the first kind that one of its frames has a word of.
KINDS_OF_WORK = {
    "inference": ["LiteRt", "litert", "xnn", "engine/"],
    "decoding": ["jpeg", "jsimd", "jdhuff", "image/format"],
    "resizing": ["bucketlens_resize", "libbucketlens", "image/resize"],
    "images, the rest": ["dev/bucketlens/image/"],
    "signing": ["http/auth", "signer", "Signer"],
    "TLS": ["sun/security/ssl"],
    "S3, the rest": ["services/s3/"],
    "DynamoDB, the rest": ["services/dynamodb/"],
    "AWS SDK, the rest": ["software/amazon/awssdk/"],
    "HTTP and the Runtime API": ["runtime/api/client", "sun/net/www", "java/net/"],
    "Bucketlens, the rest": ["dev/bucketlens/"],
    "compiler": ["CompileBroker", "Compiler", "C1_", "C2_"],
    "garbage collector": ["VM_Operation", "VMThread", "GC"],
    "other": [""],
}


def profile(n):
    """Where the processor's time of warm events goes: single photos, and batches of ten 12 MP ones.

    By async-profiler's timer, which needs no permission from the system; the stacks become flame graphs.
    """
    library = "linux-x64/libasyncProfiler.so"
    with zipfile.ZipFile(re.search(r'[^:"]*/async-profiler-[^:"]*\.jar', Path(OPTIONS[1:]).read_text())[0]) as jar:
        profiler = jar.extract(library, SCRATCH)
    for name, images in {"event": [SMALL], "batch": [LARGE] * 10}.items():
        stacks = SCRATCH / f"{name}.stacks"
        with Lambda() as cloud, cloud.function(Variant.image(IMAGE)) as function:
            keys = [f"{number}.jpg" for number in range(len(images))]
            for key, image in zip(keys, images):
                cloud.put(key, image.file)
            for order in ("start,event=itimer,interval=1ms,cstack=vm", f"stop,collapsed,file={stacks}"):
                end = time.monotonic() + n(2, 15)
                while time.monotonic() < end:
                    function.store(*keys, batch=len(keys))
                subprocess.run(["jcmd", str(function.pid), "JVMTI.agent_load", profiler, f'"{order}"'], check=True)
        yield from shares(name, stacks)


def shares(subject, stacks):
    """Percent by kind of work, from lines of outermost;...;innermost and a count."""
    samples = dict.fromkeys(KINDS_OF_WORK, 0)
    for line in stacks.read_text().splitlines():
        stack, count = line.rsplit(" ", 1)
        samples[next(kind for kind, words in KINDS_OF_WORK.items() if any(word in stack for word in words))] += int(count)
    for kind, count in samples.items():
        yield {"subject": subject, "variant": kind, "round": 1, "share": 100 * count / sum(samples.values())}


def memory(n):
    """Resident memory of a function that stores photo after photo of every format, in batches as the queue delivers."""
    most = n(1000, 8000)
    files = sorted(file for file in SAMPLES.iterdir() if file.suffix != ".md")
    keys = [f"{number}.photo" for number in range(10)]
    with Lambda() as cloud, cloud.function(Variant.image(IMAGE)) as function:
        for number, key in enumerate(keys):
            cloud.put(key, files[number % len(files)])
        for stored in [1, *range(1000, most + 1, max(most // 8, 1000))]:
            function.store(*keys, batch=10, count=stored // 10)
            yield {"subject": stored, "variant": "image", "round": 1, "rss_mb": resident(function.pid)}


def memory_photos(n):
    """Peak resident memory above idle of decoding the first 12 MP photo after thirty small ones."""

    def peak(decoder, name):
        with Loop(*java_loop(FLAGS, "decode", decoder)) as loop:
            loop.ms(SMALL.file, 30)
            return {"peak_mb": loop.peak(photo(name))}

    for name in LARGE_ONES:
        yield from turns(n(1, 3), name, {"reduced": "REDUCED", "full": "FULL"}, lambda decoder: peak(decoder, name))


def memory_sizes(n):
    """The function held to Lambda's memory sizes: whether it stores the largest photos that are usual, and how fast.

    Alone, and ten at once. A size at which it fails has no times, and what failed as its variant.
    """
    names = [SMALL.name, *LARGE_ONES]
    with Lambda() as cloud:
        for name in names:
            cloud.put(name, photo(name))
            cloud.put(f"again-{name}", photo(name))
        for megabytes in n([512], [128, 192, 256, 384, 512, 1024, 1769]):
            yield {"subject": megabytes, "round": 1, **stored_within(megabytes, cloud, names)}


def stored_within(megabytes, cloud, names):
    trying = "the start"
    try:
        with lambda_size(megabytes) as held, cloud.function(Variant.image(IMAGE), inside=held) as function:
            for trying in names:
                function.store(trying)
            trying = "ten of them at once"
            function.store(*names, *(f"again-{name}" for name in names), batch=10)
            times = {"small_ms": function.ms(SMALL.name, count=12), "large_ms": function.ms(LARGE.name, count=5)}
            return {"variant": "nothing", **times}
    except OSError as failure:
        print(f"{megabytes} MB, {trying}: {failure}")
        return {"variant": trying, "small_ms": None, "large_ms": None}


ALL = {
    measure.__name__.replace("_", "-"): measure
    for measure in (
        cold_start,
        flags,
        warm_scores,
        warm_items,
        inference,
        making,
        interpreters,
        decoders,
        parts,
        batches,
        profile,
        memory_photos,
        memory_sizes,
        memory,
    )
}
QUICK = ["cold-start", "warm-scores", "inference", "parts"]
