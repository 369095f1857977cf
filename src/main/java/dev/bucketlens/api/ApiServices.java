package dev.bucketlens.api;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ResultStore;
import java.time.Clock;
import java.util.Objects;

/**
 * What the API works with. Whoever made them closes them.
 *
 * @param model what the table's results of this deployment say that they come from
 * @param fetcher downloads a stranger's URL
 * @param providerFetcher asks the identity provider, if there is one
 * @param signer signs uploads and previews
 */
public record ApiServices(
    Classifier classifier,
    ModelRef model,
    ResultStore results,
    UrlFetcher fetcher,
    UrlFetcher providerFetcher,
    S3Signer signer,
    Clock clock) {

  /** All are needed. */
  public ApiServices {
    Objects.requireNonNull(classifier, "classifier");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(results, "results");
    Objects.requireNonNull(fetcher, "fetcher");
    Objects.requireNonNull(providerFetcher, "providerFetcher");
    Objects.requireNonNull(signer, "signer");
    Objects.requireNonNull(clock, "clock");
  }
}
