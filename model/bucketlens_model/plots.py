"""The pictures that go with a model: training curves, confusion matrix, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import numpy as np
from matplotlib import pyplot

from bucketlens_model import metrics

BLUE, GRAY = "#1f6feb", "#8b949e"


def training_curves(history: dict[str, list[float]], file: Path) -> None:
    """Accuracy and loss of training (with augmentation) and validation by epoch."""
    figure, panels = pyplot.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for panel, quantity in zip(panels, ("accuracy", "loss"), strict=True):
        epochs = range(1, len(history[quantity]) + 1)
        panel.plot(epochs, history[quantity], color=GRAY, label="training, augmented")
        panel.plot(epochs, history[f"val_{quantity}"], color=BLUE, label="validation")
        panel.set(xlabel="epoch", ylabel=quantity)
        panel.grid(alpha=0.3)
        panel.legend()
    _save(figure, file)


def confusion_matrix(counts: np.ndarray, labels: Sequence[str], file: Path) -> None:
    """True class by row, given label by column; shaded by the share of the row."""
    figure, panel = pyplot.subplots(figsize=(1.6 + 0.55 * len(labels), 1.2 + 0.5 * len(labels)), layout="constrained")
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    panel.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(counts.shape):
        if counts[row, column]:
            colour = "white" if shares[row, column] > 0.5 else "black"
            panel.text(column, row, counts[row, column], ha="center", va="center", color=colour)
    panel.set_xticks(range(len(labels)), labels, rotation=45, ha="right")
    panel.set_yticks(range(len(labels)), labels)
    panel.set(xlabel="label given", ylabel="true class")
    _save(figure, file)


def reliability(scores: np.ndarray, truth: np.ndarray, file: Path) -> None:
    """How often a score is right: on the diagonal, the score means what it says."""
    error, mean_score, accuracy, share = metrics.calibration(scores, truth)
    filled = share > 0
    figure, panel = pyplot.subplots(figsize=(4.2, 4), layout="constrained")
    panel.plot([0, 1], [0, 1], color=GRAY, linestyle="--")
    panel.scatter(mean_score[filled], accuracy[filled], s=20 + 600 * share[filled], color=BLUE, alpha=0.7)
    panel.set(xlabel="mean of the best score", ylabel="accuracy", xlim=(0, 1.02), ylim=(0, 1.02))
    panel.set_title(f"expected calibration error {error:.3f}")
    panel.grid(alpha=0.3)
    _save(figure, file)


def _save(figure: pyplot.Figure, file: Path) -> None:
    figure.savefig(file, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
