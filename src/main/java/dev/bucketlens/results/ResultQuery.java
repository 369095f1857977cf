package dev.bucketlens.results;

import java.time.LocalDate;

/**
 * A question to the table. Null means any; all filters given must hold.
 *
 * <p>The order is newest first, except with a label and no day: then best score first.
 *
 * @param label the best label
 * @param minScore the best label's least score
 * @param status null means both others than {@link Status#DELETED}, which no query finds: an image
 *     that is gone is known by its name only
 * @param prefix what {@code image} starts with, {@code s3://} included
 * @param day of {@code classifiedAt}, UTC
 * @param review a list of reviews; null for all images
 * @param limit the most results on a page, 1 to {@value #MAX_LIMIT}
 * @param from where the page before ended; null for the first page
 */
public record ResultQuery(
    String label,
    Float minScore,
    Status status,
    String prefix,
    LocalDate day,
    ReviewList review,
    int limit,
    PageKey from) {
  /** The greatest {@code limit}. */
  public static final int MAX_LIMIT = 100;

  /** Checks the values. */
  public ResultQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is " + limit + "; expected 1 to " + MAX_LIMIT);
    }
    if (minScore != null && !Float.isFinite(minScore)) {
      throw new IllegalArgumentException("minScore is " + minScore + "; expected a finite number");
    }
    if (status == Status.DELETED) {
      throw new IllegalArgumentException(
          "status is DELETED; expected CLASSIFIED or REJECTED, tombstones are in no index");
    }
    if (label != null && label.isEmpty()) {
      throw new IllegalArgumentException("label is empty; leave it out to mean any");
    }
  }

  /** Everything but the deleted, newest first. */
  public static ResultQuery newest(int limit) {
    return new ResultQuery(null, null, null, null, null, null, limit, null);
  }

  /** This query for images whose best label is {@code value}. */
  public ResultQuery withLabel(String value) {
    return new ResultQuery(value, minScore, status, prefix, day, review, limit, from);
  }

  /** This query for images with at least this score. */
  public ResultQuery withMinScore(Float value) {
    return new ResultQuery(label, value, status, prefix, day, review, limit, from);
  }

  /** This query for images of this status. */
  public ResultQuery withStatus(Status value) {
    return new ResultQuery(label, minScore, value, prefix, day, review, limit, from);
  }

  /** This query for images that start with {@code value}. */
  public ResultQuery withPrefix(String value) {
    return new ResultQuery(label, minScore, status, value, day, review, limit, from);
  }

  /** This query for images of one day. */
  public ResultQuery withDay(LocalDate value) {
    return new ResultQuery(label, minScore, status, prefix, value, review, limit, from);
  }

  /** This query for images of one list of reviews, in the order of that list. */
  public ResultQuery withReview(ReviewList value) {
    return new ResultQuery(label, minScore, status, prefix, day, value, limit, from);
  }

  /** This query's page that starts after {@code value}. */
  public ResultQuery from(PageKey value) {
    return new ResultQuery(label, minScore, status, prefix, day, review, limit, value);
  }
}
