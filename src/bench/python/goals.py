"""What this program wants to reach; each ratio compares two things measured in one run."""

from dataclasses import dataclass
from typing import Callable

INT8, FLOAT32 = "efficientnet-lite0", "efficientnet-lite0-float32"
SMALL, LARGE = "400x533.jpg", "4000x3000.jpg"


@dataclass(frozen=True)
class Goal:
    """A figure with its bound; guarded ones are those that `check` watches over."""

    what: str
    section: str
    limit: float
    figure: Callable
    at_most: bool = True
    guarded: bool = False
    unit: str = ""

    @property
    def bound(self):
        return "at most" if self.at_most else "at least"

    def measure(self, results):
        """The figure, if it was measured: a quick run leaves some out."""
        if not results.has(self.section):
            return None
        try:
            return float(self.figure(results))
        except KeyError:
            return None

    def is_met(self, measured):
        return measured <= self.limit if self.at_most else measured >= self.limit

    def loss(self, before, now):
        """How much worse one figure is than another: 1.2 is a fifth worse."""
        return now / before if self.at_most else before / now


def ratio(what, section, subject, over, under, limit, figure="ms", **options):
    return Goal(what, section, limit, lambda results: results.ratios(section, subject, over, under, figure).median(), **options)


def first_upload(scheme, peer, name, limit, **options):
    what = f"first upload stored{' by TLS' if scheme == 'https' else ''}: the image, over {name}"
    return ratio(what, "cold-start", f"upload {scheme}", "image", peer, limit, figure="first_ms", **options)


def photo(what, section, name, model, limit, **options):
    text = f"{what}, {name}, {model}: the image, over tuned Python"
    return ratio(text, section, f"{name} {model}", "image", "tuned", limit, **options)


def decoder(name, decoder, words, limit):
    text = f"{name} to pixels: {words}, over here"
    return ratio(text, "decoders", name, decoder, "image", limit, at_most=False)


def inference(model, threads, peer, words, limit, **options):
    text = f"one inference, {model}, {threads} {'thread' if threads == 1 else 'threads'}: Java, over {words}"
    return ratio(text, "inference", f"{model} {threads}", "java", peer, limit, **options)


def threads_gain(results):
    figures = [results.figures("parts", f"{name} {INT8}", "ops/s", "score") for name in ("twoThreads", "oneThread")]
    return figures[0].median() / figures[1].median()


def growth(results):
    resident = results.rows("memory").set_index("subject").rss_mb
    return resident.iloc[-1] / resident["1000"]


MODELS = [INT8, FLOAT32, "clothing", "dynamic-range", "dense-3x3", "int16x8"]
STORED = [model + transport for transport in ("", ", by TLS") for model in (INT8, FLOAT32)]
ALL = [
    *(photo("bytes to scores", "warm-scores", SMALL, model, 0.85) for model in (INT8, FLOAT32)),
    photo("bytes to scores", "warm-scores", LARGE, INT8, 0.90, guarded=True),
    photo("bytes to scores", "warm-scores", LARGE, FLOAT32, 0.90),
    *(photo("event to stored item", "warm-items", SMALL, model, 0.95) for model in STORED),
    *(photo("event to stored item", "warm-items", LARGE, model, 0.90) for model in STORED),
    first_upload("https", "tuned", "tuned Python", 0.70, guarded=True),
    first_upload("https", "course", "Python the course's way", 0.45),
    first_upload("http", "tuned", "tuned Python", 0.70),
    first_upload("http", "course", "Python the course's way", 0.45),
    first_upload("http", "plain", "Java without flags or cache", 0.35),
    decoder(SMALL, "pillow", "Pillow", 1.6),
    decoder(SMALL, "imageio", "ImageIO", 3),
    decoder(LARGE, "pillow", "Pillow, decoding whole", 7),
    decoder(LARGE, "imageio", "ImageIO", 6.5),
    ratio(f"{LARGE} to pixels: here, over `djpeg -scale 1/8`", "decoders", LARGE, "image", "djpeg", 1.05),
    decoder("4000x3000.png", "imageio", "ImageIO", 1.3),
    *(inference(model, threads, "litert", "`ai-edge-litert`", 1.05) for model in MODELS for threads in (1, 2)),
    *(inference(model, 1, "c", "C", 1.02, guarded=model == INT8) for model in MODELS),
    Goal(f"interpreter made, {INT8} (before LiteRT: 25 ms)", "making", 12.5,
         lambda results: results.figures("making", INT8, "java").median(), unit=" ms"),
    Goal("photos a second: two threads on two cores, over one", "parts", 1.7, threads_gain, at_most=False),
    ratio("ten photos stored: one event each, over one batch", "batches", INT8, "single", "batch", 1.7, at_most=False),
    Goal("resident after the last photo, over after 1,000", "memory", 1.05, growth),
]
