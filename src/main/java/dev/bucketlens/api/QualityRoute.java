package dev.bucketlens.api;

import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultQuery;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewList;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /quality}: how far the model agrees with the reviewers, by the latest {@value #MOST}
 * reviews and, for the true accuracy, by as many of the random share; and what can be told without
 * any. The answer says of both how many were counted and whether that was all.
 */
final class QualityRoute {
  /** Ten reads of the table, however many reviews there are. */
  static final int MOST = 1000;

  private final ResultStore results;
  private final Drift drift;

  QualityRoute(ResultStore results, Drift drift) {
    this.results = results;
    this.drift = drift;
  }

  ApiResponse measure(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    Agreement agreement = new Agreement();
    Agreement ofSample = new Agreement();
    boolean complete = read(ReviewList.DONE, agreement);
    boolean sampleComplete = read(ReviewList.SAMPLE, ofSample);
    Map<String, Object> sample = ofSample.estimate();
    sample.put("complete", sampleComplete);
    Map<String, Object> answer = agreement.json();
    answer.put("sample", sample);
    answer.put("complete", complete);
    answer.put("drift", drift.json());
    return ApiResponse.json(answer);
  }

  /** Counts the latest of one list; returns whether there are no earlier ones. */
  private boolean read(ReviewList list, Agreement agreement) {
    ResultQuery query = ResultQuery.newest(ResultQuery.MAX_LIMIT).withReview(list);
    ResultPage latest = results.first(MOST, query);
    latest.results().forEach(agreement::add);
    return latest.next().isEmpty();
  }
}
