package dev.bucketlens.classify;

/** What a model put out is no score from 0 to 1; the message is the rest of "the model gives". */
final class UnusableScoresException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableScoresException(String given) {
    super(given);
  }
}
