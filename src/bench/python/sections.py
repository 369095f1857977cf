"""What is measured: a section for each table of docs/performance.md, as rows of subject, variant, round and figures.

Each is told how much by `n(quick, full)`. ALL has them in the order of what they are worth.
"""

import json
import re
import shutil
import statistics
import subprocess
import time
import zipfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from jpype import JException

from functions import backend, lambda_size, started
from goals import INT8, KINDS, LARGE, LITE0, SMALL
from loops import Djpeg, c_loop, java_loop, python_loop, resident
from places import C2, FLAGS, INVOKE, NATIVES, OPTIONS, SAMPLES, SCRATCH, SOURCES, model, photo, python, sample

AT_A_TIME = {SMALL: 20, LARGE: 5}  # how often a photo is worked on in one turn
LARGE_ONES = [LARGE, "4000x3000-progressive.jpg", "4000x3000.webp", "4000x3000.png"]


def turns(rounds, subject, contenders):
    """Has contenders measure their figures in turns, so that what else the machine does meets all of them.

    A round before the first is not counted: it warms servers and caches.
    """
    for number in range(rounds + 1):
        for name, measure in contenders.items():
            figures = measure()
            if number > 0:
                yield {"subject": subject, "variant": name, "round": number, **figures}
    print(f"{subject}: done", flush=True)


def ms(measure, *arguments, **options):
    """A contender that measures one time."""
    return lambda: {"ms": measure(*arguments, **options)}


def warm(seconds, work, *arguments, **options):
    """Works for so long: a JVM compiles its hot code meanwhile, most of which an event calls but once or twice.

    C1 compiles what was called 256 times, so a function is warm after about a thousand events, and not after 300.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        work(*arguments, **options)


def in_turns(seconds, rounds, works, contenders):
    """Times of processes that were warmed so long; a work has its subject, what they are told, how often at a time."""
    with ExitStack() as stack:
        for loop in contenders.values():
            stack.enter_context(loop)
        for subject, what, count in works:
            able = {name: loop for name, loop in contenders.items() if takes(name, what)}
            for loop in able.values():
                warm(seconds, loop.ms, what, 1)
            yield from turns(rounds, subject, {name: ms(loop.ms, what, count) for name, loop in able.items()})


def cold_start(n):
    """From process start to the end of init, to the first stored upload, and to the first answered {"url"}."""
    ways = n(["image", "course", "tuned"], ["plain", "managed", "image", "course", "tuned"])
    for by_tls in n([True], [True, False]):
        yield from starts(n(2, 7), by_tls, n(["upload"], ["upload", "api"]), ways)


def starts(rounds, by_tls, names, ways):
    def first_answer(way, name):
        with started(cloud, way, name) as function:
            times = {"init_ms": function.init, "first_ms": function.first(name, "kitten.jpg")}
            return {**times, "cpu_ms": function.cpu_ms(), "rss_mb": resident(function.pid)}

    with backend(by_tls) as cloud:
        cloud.put("kitten.jpg", sample("kitten.jpg"))
        for name in names:
            subject = f"{name} {'https' if by_tls else 'http'}"
            yield from turns(rounds, subject, {way: partial(first_answer, way, name) for way in ways})


def warm_items(n):
    """From the event to the stored item."""
    for by_tls in n([True], [False, True]):
        yield from items(n, n(1, 5), by_tls, n([INT8], LITE0), n(["image", "tuned"], ["image", "course", "tuned"]))


def items(n, rounds, by_tls, nets, ways):
    with backend(by_tls) as cloud:
        for name in AT_A_TIME:
            cloud.put(name, photo(name))
        for net in nets:
            with ExitStack() as stack:
                functions = {way: stack.enter_context(started(cloud, way, net=net)) for way in ways}
                for function in functions.values():
                    warm(n(0, 15), function.store, SMALL)
                for name, count in AT_A_TIME.items():
                    for function in functions.values():
                        warm(n(2, 5), function.store, name)
                    subject = f"{name} {net}" + (", by TLS" if by_tls else "")
                    contenders = {way: ms(function.ms, name, count=count) for way, function in functions.items()}
                    yield from turns(rounds, subject, contenders)


# By name, what the image's flags are overruled by. C2-sooner compiles by C2 after a fifth of the JVM's own numbers;
# C2-later begins to count for it after ten times as many.
FLAG_SETS = {
    "C2": "-XX:TieredStopAtLevel=4",
    "C2-sooner": "-XX:TieredStopAtLevel=4 -XX:Tier4InvocationThreshold=1000 -XX:Tier4MinInvocationThreshold=200"
    " -XX:Tier4CompileThreshold=3000 -XX:Tier4BackEdgeThreshold=8000",
    "C2-later": "-XX:TieredStopAtLevel=4 -XX:Tier3InvocationThreshold=2000 -XX:Tier3MinInvocationThreshold=1000"
    " -XX:Tier3CompileThreshold=20000 -XX:Tier3BackEdgeThreshold=600000",
    "G1": "-XX:-UseSerialGC -XX:+UseG1GC",
    "compact-object-headers": "-XX:+UseCompactObjectHeaders",
    "profiles-replayed": "-XX:+AOTReplayTraining",
    "cache-in-place": "-XX:ArchiveRelocationMode=0",
}


def flags(n):
    """The image on other flags, each with a cache of its own: the first upload by TLS, and a warm function."""
    names = n(["C2"], list(FLAG_SETS))
    for name in names:
        command = ["env", "FUNCTIONS=upload", "src/container/build", SCRATCH / "flags" / name, *FLAG_SETS[name].split()]
        subprocess.run(command, check=True)
    yield from starts(n(1, 4), True, ["upload"], ["image", *names])
    yield from items(n, n(1, 4), True, [INT8], ["image", *names])


def batches(n):
    """Ten photos told one by one, and in one batch: from the first event to the last answer."""
    keys = [f"{number}.jpg" for number in range(10)]
    with backend() as cloud, started(cloud, "image") as function:
        for number, key in enumerate(keys):
            cloud.put(key, sample("crab.jpg" if number % 2 else "chameleon.jpg"))
        warm(n(1, 5), function.store, *keys)
        sizes = {"single": ms(function.store, *keys), "batch": ms(function.store, *keys, batch=10)}
        yield from turns(n(3, 31), INT8, sizes)


def warm_scores(n):
    """From bytes to ranked scores."""
    for net in n([INT8], LITE0):
        contenders = {
            "image": java_loop(FLAGS, "classify", model(net)),
            "c2": java_loop(C2, "classify", model(net)),
            "course": python_loop("course", "course", model(net)),
            "tuned": python_loop("tuned", "tuned", model(net)),
        }
        works = [(f"{name} {net}", photo(name), count) for name, count in AT_A_TIME.items()]
        yield from in_turns(n(0.5, 6), n(1, 5), works, contenders)


def decoders(n):
    """From a photo to 224×224 pixels by bilinear interpolation; djpeg only decodes, at the eighth of the size."""
    contenders = {
        "image": java_loop(FLAGS, "decode", "reduced"),
        "c2": java_loop(C2, "decode", "reduced"),
        "full": java_loop(FLAGS, "decode", "full"),
        "pillow": python_loop("tuned", "pillow"),
        "imageio": java_loop(C2, "decode", "imageio"),
        "draft": python_loop("tuned", "draft"),
        **({"djpeg": Djpeg(python("tuned"), SOURCES / "loop.py", "djpeg")} if shutil.which("djpeg") else {}),
    }
    works = [(name, photo(name), 20 if name == SMALL else 3) for name in [SMALL, *LARGE_ONES]]
    yield from in_turns(n(0.5, 2), n(1, 9), works, contenders)


def takes(contender, work):
    """ImageIO knows no WebP; only JPEG is decoded reduced, and djpeg's start is more than a small one takes."""
    name = Path(work).name
    jpeg = name.endswith(".jpg")
    return {"imageio": not name.endswith(".webp"), "draft": jpeg, "djpeg": jpeg and name != SMALL}.get(contender, True)


def inference(n):
    """One inference: values in, run, scores out.

    Short loops follow each other, and all processes are started anew some times, because where one got its memory is
    worth some percent, too.
    """
    for net in n([INT8], KINDS):
        for threads in n([1], [1, 2]):
            for _ in range(n(1, 2)):
                yield from in_turns(n(0.5, 2), n(5, 10), [(f"{net} {threads}", "run", 10)], litert(net, threads))


def making(n):
    """Making an interpreter of a model's file, in processes that did so before."""
    for net in n([INT8], KINDS):
        yield from in_turns(n(0.5, 2), n(1, 5), [(net, "make", 5)], litert(net, 1))


def litert(net, threads):
    """The same library from Java, from C where there is a compiler, and from Python."""
    return {
        "java": java_loop(FLAGS, "infer", model(net), threads),
        **({"c": c_loop(model(net), threads)} if INVOKE.exists() else {}),
        "litert": python_loop("tuned", "litert", model(net), threads),
    }


def interpreters(n):
    """LiteRT itself, in C: what threads, more interpreters and XNNPACK's weight cache bring."""

    def measure(net, count, threads, cache):
        with c_loop(model(net), threads, count, SCRATCH / f"weights-{net}" if cache == "file" else "-") as loop:
            figures = {"make_ms": loop.ms("open", 1), "rss_mb": resident(loop.pid)}
            loop.ms("run", 5)
            start = time.perf_counter()
            times = loop.times("run", 20)
            a_second = len(times) / (time.perf_counter() - start)
            return {**figures, "run_ms": statistics.median(times), "runs_per_second": a_second}

    setups = ["1 1 -", "1 1 file", "1 2 -", "2 1 -", "2 1 file", "2 2 -"]
    for net in n([INT8], LITE0):
        (SCRATCH / f"weights-{net}").unlink(missing_ok=True)
        yield from turns(n(1, 3), net, {setup: partial(measure, net, *setup.split()) for setup in setups})


def parts(n):
    """What runs in one process, by JMH on the image's flags: each iteration is a round, the unit is the variant."""
    scores, milliseconds = SCRATCH / "parts.json", n(300, 500)
    command = ["java", f"@{OPTIONS}", "org.openjdk.jmh.Main", n("PartsBenchmark.*Thread", "Parts"), "-v", "SILENT"]
    command += ["-f", 1, "-wi", 3, "-w", f"{milliseconds}ms", "-i", n(2, 7), "-r", f"{milliseconds}ms"]
    command += ["-jvmArgs", " ".join([*FLAGS, f"-Dbucketlens.native={NATIVES}"]), "-rf", "json", "-rff", scores]
    subprocess.run([*map(str, command)], check=True)
    for part in json.loads(scores.read_text()):
        subject = " ".join([part["benchmark"].rsplit(".", 1)[1], *part.get("params", {}).values()])
        for number, score in enumerate(part["primaryMetric"]["rawData"][0], start=1):
            yield {"subject": subject, "variant": part["primaryMetric"]["scoreUnit"], "round": number, "score": score}


# A stack counts for the first kind that one of its frames has a word of.
KINDS_OF_WORK = {
    "inference": "LiteRt litert xnn engine/",
    "decoding": "jpeg jsimd jdhuff image/format",
    "resizing": "bucketlens_resize libbucketlens image/resize",
    "images, the rest": "dev/bucketlens/image/",
    "signing": "http/auth signer Signer",
    "TLS": "sun/security/ssl",
    "S3, the rest": "services/s3/",
    "DynamoDB, the rest": "services/dynamodb/",
    "AWS SDK, the rest": "software/amazon/awssdk/",
    "HTTP and the Runtime API": "runtime/api/client sun/net/www java/net/",
    "Bucketlens, the rest": "dev/bucketlens/",
    "compiler": "CompileBroker Compiler C1_ C2_",
    "garbage collector": "VM_Operation VMThread GC",
}


def profile(n):
    """Where the processor's time of warm events goes: single photos, and batches of ten 12 MP ones.

    By async-profiler's timer, which needs no permission from the system; the stacks become flame graphs.
    """
    with zipfile.ZipFile(re.search(r'[^:"]*/async-profiler-[^:"]*\.jar', OPTIONS.read_text())[0]) as jar:
        profiler = jar.extract("linux-x64/libasyncProfiler.so", SCRATCH)
    for subject, name, size in (("event", SMALL, 1), ("batch", LARGE, 10)):
        stacks, keys = SCRATCH / f"{subject}.stacks", [f"{number}.jpg" for number in range(size)]
        with backend() as cloud, started(cloud, "image") as function:
            for key in keys:
                cloud.put(key, photo(name))
            for order in ("start,event=itimer,interval=1ms,cstack=vm", f"stop,collapsed,file={stacks}"):
                warm(n(2, 15), function.store, *keys, batch=size)
                command = ["jcmd", str(function.pid), "JVMTI.agent_load", profiler, f'"{order}"']
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        samples = dict.fromkeys([*KINDS_OF_WORK, "other"], 0)
        for line in stacks.read_text().splitlines():
            stack, count = line.rsplit(" ", 1)
            kinds = (kind for kind, words in KINDS_OF_WORK.items() if any(word in stack for word in words.split()))
            samples[next(kinds, "other")] += int(count)
        for kind, count in samples.items():
            yield {"subject": subject, "variant": kind, "round": 1, "share": 100 * count / sum(samples.values())}


def memory(n):
    """Resident memory of a function that stores photo after photo of every format, in batches as the queue delivers."""
    keys = [f"{number}.photo" for number in range(10)]
    with backend() as cloud, started(cloud, "image") as function:
        for number, key in enumerate(keys):
            cloud.put(key, SAMPLES[number % len(SAMPLES)])
        for stored in range(10, n(1000, 8000) + 1, 10):
            function.store(*keys, batch=10)
            if stored == 10 or stored % 1000 == 0:
                yield {"subject": stored, "variant": "image", "round": 1, "rss_mb": resident(function.pid)}


def memory_photos(n):
    """Peak resident memory above idle of decoding the first 12 MP photo after thirty small ones."""

    def peak(decoder, name):
        with java_loop(FLAGS, "decode", decoder) as loop:
            loop.times(photo(SMALL), 30)
            return {"peak_mb": loop.peak(photo(name))}

    for name in LARGE_ONES:
        yield from turns(n(1, 3), name, {decoder: partial(peak, decoder, name) for decoder in ("reduced", "full")})


def memory_sizes(n):
    """The function held to Lambda's memory sizes: whether it stores the largest photos that are usual, and how fast.

    Alone, and ten at once. A size at which it fails has no times, and what failed as its variant.
    """
    ten = {f"{number} {name}": name for number in (1, 2) for name in [SMALL, *LARGE_ONES]}
    with backend() as cloud:
        for key, name in ten.items():
            cloud.put(key, photo(name))
        for megabytes in n([512], [128, 192, 256, 384, 512, 1024, 1769]):
            yield {"subject": megabytes, "round": 1, **stored_within(megabytes, cloud, list(ten))}


def stored_within(megabytes, cloud, keys):
    trying = "the start"
    try:
        with lambda_size(megabytes) as held, started(cloud, "image", inside=held) as function:
            for trying in keys[:5]:
                function.store(trying)
            trying = "ten of them at once"
            function.store(*keys, batch=10)
            times = {"small_ms": function.ms(keys[0], count=12), "large_ms": function.ms(keys[1], count=5)}
            return {"variant": "nothing", **times}
    except (OSError, JException) as failure:
        print(f"{megabytes} MB, {trying}: {failure}")
        return {"variant": trying, "small_ms": None, "large_ms": None}


ORDER = [cold_start, warm_scores, warm_items, inference, decoders, parts, flags, making, batches]
ORDER += [memory_photos, profile, memory_sizes, memory, interpreters]
ALL = {measure.__name__.replace("_", "-"): measure for measure in ORDER}
QUICK = ["cold-start", "warm-scores", "inference", "parts"]
