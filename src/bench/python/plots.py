"""The plots of docs/performance.md. Grey text and no background, so that they can be read in light and dark."""

from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

FOLDER = Path("docs/images")
OURS, THEIRS, TEXT, DARK = "#2da44e", "#8c959f", "#848d97", "#1f2328"
FLAME_JAVA, FLAME_NATIVE = "#7ee787", "#ffa657"
NARROWEST, CHARACTER = 0.002, 0.0062  # shares of the width: of a frame, and of a letter in one


@contextmanager
def plot(name, title, width, height):
    # Only for pages: a quick run prints, and shall not wait for this.
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "bench", "font.size": 10, "text.parse_math": False}
    matplotlib.rcParams |= {name: TEXT for name in ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")}
    from matplotlib import pyplot

    drawing, axes = pyplot.subplots(figsize=(width, height))
    axes.spines[:].set_visible(False)
    axes.set_title(title, loc="left")
    yield axes
    drawing.savefig(FOLDER / f"{name}.svg", transparent=True, bbox_inches="tight", metadata={"Date": None})


def bars(name, title, medians, ours):
    """Milliseconds by label, ours in another colour."""
    with plot(name, title, 8, 0.6 + 0.3 * len(medians)) as axes:
        drawn = axes.barh(medians.index, medians, color=[OURS if own else THEIRS for own in ours])
        axes.bar_label(drawn, fmt=lambda ms: f" {ms:.0f} ms" if ms >= 100 else f" {ms:.1f} ms", color=TEXT)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.tick_params(length=0)


def line(name, title, what, figures):
    with plot(name, title, 8, 3) as axes:
        axes.plot(figures.index, figures, color=OURS)
        axes.set_ylim(bottom=0)
        axes.set_xlabel(what)


def flame_graph(name, title, file):
    """Of a profile's collapsed stacks: lines of outermost;...;innermost and a count."""
    lines = (line.rsplit(" ", 1) for line in file.read_text().splitlines())
    stacks = sorted((stack.split(";"), int(count)) for stack, count in lines)
    with plot(name, title, 14, 8) as axes:
        draw(axes, stacks, 0, 0, sum(count for _, count in stacks))
        axes.set_xlim(0, 1)
        axes.autoscale(axis="y")
        axes.axis("off")


def draw(axes, stacks, depth, left, total):
    deep_enough = (stack for stack in stacks if len(stack[0]) > depth)
    for function, group in groupby(deep_enough, key=lambda stack: stack[0][depth]):
        callees = list(group)
        width = sum(count for _, count in callees) / total
        if width >= NARROWEST:
            # Java's frames have the slashes of a package; a library's nameless ones begin with its path.
            java = "/" in function[1:] and not function.startswith("/")
            axes.broken_barh([(left, width * 0.998)], (depth, 0.92), facecolors=FLAME_JAVA if java else FLAME_NATIVE)
            text, letters = function.rsplit("/", 1)[-1], int(width / CHARACTER)
            if letters >= 4:
                text = text if len(text) <= letters else text[: letters - 1] + "…"
                axes.text(left + 0.001, depth + 0.46, text, fontsize=6, va="center", color=DARK)
            draw(axes, callees, depth + 1, left, total)
        left += width
