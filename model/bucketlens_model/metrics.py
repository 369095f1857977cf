"""How good a classifier's scores are, given the true classes. Scores are (photos, classes), truth is (photos,)."""

from __future__ import annotations

import numpy as np

CALIBRATION_BINS = 10


def top_k_accuracy(scores: np.ndarray, truth: np.ndarray, k: int) -> float:
    """The share of photos whose true class is among the `k` best scores."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return float((best == truth[:, np.newaxis]).any(axis=1).mean())


def confusion(scores: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Photos of each class (row) that were given each label (column)."""
    classes = scores.shape[1]
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (truth, scores.argmax(axis=1)), 1)
    return counts


def recall(confusion_matrix: np.ndarray) -> np.ndarray:
    """The share of each class that was found; NaN for a class without photos."""
    photos = confusion_matrix.sum(axis=1)
    return np.divide(confusion_matrix.diagonal(), photos, out=np.full(len(photos), np.nan), where=photos > 0)


def calibration(scores: np.ndarray, truth: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """Expected calibration error over equal bins of the best score, and each bin's mean score, accuracy and share.

    The error is the mean over bins of |accuracy - mean score|, weighted by the bin's share of photos: 0 when a score of
    0.8 is right eight times in ten.
    """
    confidence = scores.max(axis=1)
    correct = scores.argmax(axis=1) == truth
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    share = np.bincount(bins, minlength=CALIBRATION_BINS) / len(truth)
    photos = np.maximum(np.bincount(bins, minlength=CALIBRATION_BINS), 1)
    mean_score = np.bincount(bins, confidence, CALIBRATION_BINS) / photos
    accuracy = np.bincount(bins, correct, CALIBRATION_BINS) / photos
    return float((share * np.abs(accuracy - mean_score)).sum()), mean_score, accuracy, share


def negative_log_likelihood(logits: np.ndarray, truth: np.ndarray) -> float:
    """The mean of -log(probability of the true class), the probabilities being the softmax of the logits."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-log_probabilities[np.arange(len(truth)), truth].mean())
