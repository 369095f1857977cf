"""What this program wants to reach: mostly a ratio of two things measured in one run."""

from dataclasses import dataclass
from itertools import product

INT8, FLOAT32 = LITE0 = "efficientnet-lite0", "efficientnet-lite0-float32"
KINDS = *LITE0, "clothing", "dynamic-range", "dense-3x3", "int16x8"
WAYS = "", ", by TLS"
SMALL, LARGE = "400x533.jpg", "4000x3000.jpg"


@dataclass(frozen=True)
class Goal:
    """A figure with its bound. Samples are named as `Results.sample` takes them; guarded ones `check` watches over."""

    what: str
    limit: float
    sample: tuple
    over: tuple = ()
    at_most: bool = True
    guarded: bool = False

    def measure(self, results):
        """The median, of ratios round by round: what slows the machine for a while falls out. None if not measured."""
        try:
            sample = results.sample(*self.sample)
            return float((sample / results.sample(*self.over) if self.over else sample).median())
        except (KeyError, FileNotFoundError):
            return None

    def row(self, measured):
        unit = "" if self.over else " ms"
        return {
            "ratio": self.what,
            "goal": f"at {'most' if self.at_most else 'least'} {self.limit:g}{unit}",
            "measured": f"**{measured:.3f}{unit}**",
            "": "met" if (measured <= self.limit if self.at_most else measured >= self.limit) else "missed",
        }

    def loss(self, before, now):
        """How much worse one figure is than another: 1.2 is a fifth worse."""
        return now / before if self.at_most else before / now


def ratio(what, section, subject, one, other, limit, figure="ms", **options):
    return Goal(what, limit, (section, subject, one, figure), (section, subject, other, figure), **options)


def photo(what, section, name, model, limit, way=""):
    text = f"{what}, {name}, {model}{way}: the image, over tuned Python"
    guarded = (section, name, model) == ("warm-scores", LARGE, INT8)
    return ratio(text, section, f"{name} {model}{way}", "image", "tuned", limit, guarded=guarded)


def first_upload(by_tls, peer, words, limit):
    text = f"first upload stored{' by TLS' if by_tls else ''}: the image, over {words}"
    subject, guarded = f"upload {'https' if by_tls else 'http'}", by_tls and peer == "tuned"
    return ratio(text, "cold-start", subject, "image", peer, limit, "first_ms", guarded=guarded)


def decoder(name, peer, words, limit):
    return ratio(f"{name} to pixels: {words}, over here", "decoders", name, peer, "image", limit, at_most=False)


def inference(model, threads, peer, words, limit, **options):
    text = f"one inference, {model}, {threads} {'thread' if threads == 1 else 'threads'}: Java, over {words}"
    return ratio(text, "inference", f"{model} {threads}", "java", peer, limit, **options)


ALL = [
    *(photo("bytes to scores", "warm-scores", SMALL, model, 0.85) for model in LITE0),
    *(photo("bytes to scores", "warm-scores", LARGE, model, 0.90) for model in LITE0),
    *(photo("event to stored item", "warm-items", SMALL, model, 0.95, way) for way, model in product(WAYS, LITE0)),
    *(photo("event to stored item", "warm-items", LARGE, model, 0.90, way) for way, model in product(WAYS, LITE0)),
    first_upload(True, "tuned", "tuned Python", 0.70),
    first_upload(True, "course", "Python the course's way", 0.45),
    first_upload(False, "tuned", "tuned Python", 0.70),
    first_upload(False, "course", "Python the course's way", 0.45),
    first_upload(False, "plain", "Java without flags or cache", 0.35),
    decoder(SMALL, "pillow", "Pillow", 1.6),
    decoder(SMALL, "imageio", "ImageIO", 3),
    decoder(LARGE, "pillow", "Pillow, decoding whole", 7),
    decoder(LARGE, "imageio", "ImageIO", 6.5),
    ratio(f"{LARGE} to pixels: here, over `djpeg -scale 1/8`", "decoders", LARGE, "image", "djpeg", 1.05),
    decoder("4000x3000.png", "imageio", "ImageIO", 1.3),
    *(inference(model, threads, "litert", "`ai-edge-litert`", 1.05) for model, threads in product(KINDS, (1, 2))),
    *(inference(model, 1, "c", "C", 1.02, guarded=model == INT8) for model in KINDS),
    Goal(f"interpreter made, {INT8} (before LiteRT: 25 ms)", 12.5, ("making", INT8, "java")),
    Goal(
        "photos a second: two threads on two cores, over one",
        1.7,
        *(("parts", f"{threads} {INT8}", "ops/s", "score") for threads in ("twoThreads", "oneThread")),
        at_most=False,
    ),
    ratio("ten photos stored: one event each, over one batch", "batches", INT8, "single", "batch", 1.7, at_most=False),
    Goal(
        "resident after 8,000 photos, over after 1,000",
        1.05,
        *(("memory", count, "image", "rss_mb") for count in ("8000", "1000")),
    ),
]
