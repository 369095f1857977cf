package dev.bucketlens.results;

/** The lists of images that people are asked about, or said something of. */
public enum ReviewList {
  /** What waits for a reviewer: the random share first, then what is least sure first. */
  OPEN(Index.BY_REVIEW, Review.State.OPEN),
  /** What was reviewed, latest first. */
  DONE(Index.BY_REVIEW, Review.State.DONE),
  /** What was reviewed of the random share, latest first. */
  SAMPLE(Index.BY_SAMPLE, Review.State.DONE);

  private final Index index;
  private final Review.State state;

  ReviewList(Index index, Review.State state) {
    this.index = index;
    this.state = state;
  }

  Index index() {
    return index;
  }

  String partition() {
    return state.name();
  }
}
