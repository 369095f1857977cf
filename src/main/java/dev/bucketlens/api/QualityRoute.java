package dev.bucketlens.api;

import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultQuery;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Review;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /quality}: how far the model agrees with the reviewers, by the latest {@value #MOST}
 * reviews, and what can be told without any. The answer says how many were counted and whether that
 * was all.
 */
final class QualityRoute {
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
    ResultQuery query = ResultQuery.newest(ResultQuery.MAX_LIMIT).withReview(Review.State.DONE);
    ResultPage page = results.query(query);
    page.results().forEach(agreement::add);
    int counted = page.results().size();
    while (page.next().isPresent() && counted < MOST) {
      page = results.query(query.from(page.next().get()));
      page.results().forEach(agreement::add);
      counted += page.results().size();
    }
    Map<String, Object> answer = agreement.json();
    answer.put("complete", page.next().isEmpty());
    answer.put("drift", drift.json());
    return ApiResponse.json(answer);
  }
}
