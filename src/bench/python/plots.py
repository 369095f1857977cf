"""The plots of docs/performance.md. Grey text and no background, so that they can be read in light and dark."""

from pathlib import Path

import pandas as pd

FOLDER = Path("docs/images")
OURS, THEIRS, TEXT = "#2da44e", "#8c959f", "#848d97"
FLAME_JAVA, FLAME_NATIVE, FLAME_TEXT = "#7ee787", "#ffa657", "#1f2328"
NARROWEST, LETTER = 0.002, 0.0062  # shares of the width: of a frame, and of a letter in one


def plot(name, title, size, draw, what):
    """Has `draw(axes, what)` fill a plot, and keeps it as an SVG that is the same for the same figures."""
    # Only for pages: a quick run prints, and shall not wait for this.
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "bench", "font.size": 10, "text.parse_math": False}
    matplotlib.rcParams |= dict.fromkeys(["text.color", "axes.labelcolor", "xtick.color", "ytick.color"], TEXT)
    from matplotlib import pyplot

    drawing, axes = pyplot.subplots(figsize=size)
    axes.spines[:].set_visible(False)
    axes.set_title(title, loc="left")
    draw(axes, what)
    drawing.savefig(FOLDER / f"{name}.svg", transparent=True, bbox_inches="tight", metadata={"Date": None})


def bars(axes, medians):
    """Milliseconds by label; a label in ** is ours, and has another colour."""
    colours = [OURS if "**" in label else THEIRS for label in medians.index]
    medians.rename(lambda label: label.replace("**", "")).plot.barh(ax=axes, color=colours, width=0.7)
    axes.bar_label(axes.containers[0], fmt=lambda ms: f" {ms:.0f} ms" if ms >= 100 else f" {ms:.1f} ms", color=TEXT)
    axes.invert_yaxis()
    axes.set(xticks=[], ylabel="")
    axes.tick_params(length=0)


def line(axes, figures):
    figures.plot(ax=axes, color=OURS, ylim=(0, None))


def flame_graph(axes, file):
    """Of a profile's collapsed stacks: lines of outermost;...;innermost and a count, drawn from the bottom."""
    lines = (line.rsplit(" ", 1) for line in file.read_text().splitlines())
    stacks = sorted((stack.split(";"), int(count)) for stack, count in lines)
    samples = pd.DataFrame(stacks, columns=["calls", "width"])
    samples.width /= samples.width.sum()
    samples["left"] = samples.width.cumsum() - samples.width
    for depth in range(samples.calls.str.len().max()):
        # Neighbours with the same callers are one frame.
        deep = samples[samples.calls.str.len() > depth]
        callers = deep.calls.str[: depth + 1].str.join(";")
        frames = deep.groupby(callers).agg(left=("left", "min"), width=("width", "sum"))
        for calls, left, width in frames[frames.width >= NARROWEST].itertuples():
            frame(axes, calls.rsplit(";", 1)[-1], depth, left, width)
    axes.set_xlim(0, 1)
    axes.axis("off")


def frame(axes, function, depth, left, width):
    # Java's frames have the slashes of a package; a library's nameless ones begin with its path.
    colour = FLAME_JAVA if "/" in function[1:] and not function.startswith("/") else FLAME_NATIVE
    axes.barh(depth, width * 0.998, 0.92, left, color=colour)
    name, letters = function.rsplit("/", 1)[-1], int(width / LETTER)
    if letters >= 4:
        short = name if len(name) <= letters else name[: letters - 1] + "…"
        axes.text(left + 0.001, depth, short, fontsize=6, va="center", color=FLAME_TEXT)
