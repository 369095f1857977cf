"""What this program wants to reach; each ratio compares two things measured in one run."""

from dataclasses import dataclass
from typing import Callable

INT8, FLOAT32 = LITE0 = "efficientnet-lite0", "efficientnet-lite0-float32"
KINDS = *LITE0, "clothing", "dynamic-range", "dense-3x3", "int16x8"
SMALL, LARGE = "400x533.jpg", "4000x3000.jpg"


@dataclass(frozen=True)
class Goal:
    """A figure with its bound; guarded ones are those that `check` watches over."""

    what: str
    figure: Callable
    limit: float
    at_most: bool = True
    guarded: bool = False
    unit: str = ""

    def measure(self, results):
        """The figure, if it was measured: a quick run leaves some out."""
        try:
            return float(self.figure(results))
        except (KeyError, FileNotFoundError):
            return None

    def row(self, measured):
        met = measured <= self.limit if self.at_most else measured >= self.limit
        return {
            "ratio": self.what,
            "goal": f"at {'most' if self.at_most else 'least'} {self.limit:g}{self.unit}",
            "measured": f"**{measured:.3f}{self.unit}**",
            "": "met" if met else "missed",
        }

    def loss(self, before, now):
        """How much worse one figure is than another: 1.2 is a fifth worse."""
        return now / before if self.at_most else before / now


def ratio(what, measurement, limit, figure="ms", **options):
    """Of a measurement `section/subject/over/under`."""
    return Goal(what, lambda results: results.ratio(*measurement.split("/"), figure), limit, **options)


def photo(what, section, name, model, limit, **options):
    text = f"{what}, {name}, {model}: the image, over tuned Python"
    return ratio(text, f"{section}/{name} {model}/image/tuned", limit, **options)


def first_upload(scheme, peer, name, limit, **options):
    text = f"first upload stored{' by TLS' if scheme == 'https' else ''}: the image, over {name}"
    return ratio(text, f"cold-start/upload {scheme}/image/{peer}", limit, "first_ms", **options)


def decoder(name, peer, words, limit):
    return ratio(f"{name} to pixels: {words}, over here", f"decoders/{name}/{peer}/image", limit, at_most=False)


def inference(model, threads, peer, words, limit, **options):
    text = f"one inference, {model}, {threads} {'thread' if threads == 1 else 'threads'}: Java, over {words}"
    return ratio(text, f"inference/{model} {threads}/java/{peer}", limit, **options)


def made(results):
    return results.sample("making", INT8, "java").median()


def second_thread(results):
    two, one = (results.sample("parts", f"{name} {INT8}", "ops/s", "score") for name in ("twoThreads", "oneThread"))
    return two.median() / one.median()


def growth(results):
    resident = results.rows("memory").set_index("subject").rss_mb
    return resident.iloc[-1] / resident["1000"]


STORED = [model + way for way in ("", ", by TLS") for model in LITE0]
ALL = [
    *(photo("bytes to scores", "warm-scores", SMALL, model, 0.85) for model in LITE0),
    *(photo("bytes to scores", "warm-scores", LARGE, model, 0.90, guarded=model == INT8) for model in LITE0),
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
    ratio(f"{LARGE} to pixels: here, over `djpeg -scale 1/8`", f"decoders/{LARGE}/image/djpeg", 1.05),
    decoder("4000x3000.png", "imageio", "ImageIO", 1.3),
    *(inference(model, threads, "litert", "`ai-edge-litert`", 1.05) for model in KINDS for threads in (1, 2)),
    *(inference(model, 1, "c", "C", 1.02, guarded=model == INT8) for model in KINDS),
    Goal(f"interpreter made, {INT8} (before LiteRT: 25 ms)", made, 12.5, unit=" ms"),
    Goal("photos a second: two threads on two cores, over one", second_thread, 1.7, at_most=False),
    ratio("ten photos stored: one event each, over one batch", f"batches/{INT8}/single/batch", 1.7, at_most=False),
    Goal("resident after the last photo, over after 1,000", growth, 1.05),
]
