package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.classify.Classification;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.fetch.FetchException;
import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ModelRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code POST /classify}, and the direct invocation with a URL. */
final class ClassifyRoute {

  private final Classifier classifier;
  private final ModelRef model;
  private final UrlFetcher fetcher;
  private final int defaultResults;

  ClassifyRoute(Classifier classifier, ModelRef model, UrlFetcher fetcher, int defaultResults) {
    this.classifier = classifier;
    this.model = model;
    this.fetcher = fetcher;
    this.defaultResults = defaultResults;
  }

  ApiResponse classify(ApiRequest request, Map<String, String> path) {
    ClassifyInput input = ClassifyInput.of(request, defaultResults);
    classifier.check(input.options());
    try {
      return switch (input.source()) {
        case ImageSource.Bytes bytes ->
            ApiResponse.json(classify(new Fetched(bytes.file(), null), input.options()));
        case ImageSource.Url url -> ApiResponse.json(classify(fetch(url.url()), input.options()));
        case ImageSource.Urls urls -> ApiResponse.json(classifyAll(urls, input.options()));
      };
    } catch (FetchException e) {
      return Problem.of(e).toResponse();
    } catch (ImageRejectedException e) {
      return Problem.of(e).toResponse();
    }
  }

  /** Answers {@code {"url": …}} with a score for each label, best first. */
  Map<String, Float> classifyEvent(Map<String, Object> event)
      throws FetchException, ImageRejectedException {
    ClassifyInput input = ClassifyInput.ofEvent(event);
    if (!(input.source() instanceof ImageSource.Url url)) {
      throw ApiException.invalid("url", "given");
    }
    classifier.check(input.options());
    Map<String, Float> scores = new LinkedHashMap<>();
    for (Score score : classifier.classify(fetcher.fetch(url.url()), input.options()).scores()) {
      scores.put(score.label(), score.score());
    }
    return scores;
  }

  /**
   * Fetches side by side and decodes one after the other: pixels take far more memory than files.
   */
  private Map<String, Object> classifyAll(ImageSource.Urls urls, ClassifyOptions options) {
    List<Object> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Fetched>> files =
          urls.urls().stream().map(url -> executor.submit(() -> fetch(url))).toList();
      for (int i = 0; i < files.size(); i++) {
        Map<String, Object> result = Json.object("url", urls.urls().get(i));
        result.putAll(classifyOrExplain(files.get(i), options));
        results.add(result);
      }
    }
    return Json.object("results", results, "model", ResultJson.model(model));
  }

  private Map<String, Object> classifyOrExplain(Future<Fetched> file, ClassifyOptions options) {
    try {
      Map<String, Object> result = classify(file.get(), options);
      result.remove("model");
      return result;
    } catch (ImageRejectedException e) {
      return Map.of("error", Problem.of(e).error());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FetchException refused) {
        return Map.of("error", Problem.of(refused).error());
      }
      throw new IllegalStateException("A fetch failed in no way that it may", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while fetching", e);
    }
  }

  /** A file and how long it took to get; null for one that came with the request. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Fetched(byte[] file, Duration duration) {}

  private Fetched fetch(String url) throws FetchException {
    long start = System.nanoTime();
    byte[] file = fetcher.fetch(url);
    return new Fetched(file, Duration.ofNanos(System.nanoTime() - start));
  }

  private Map<String, Object> classify(Fetched fetched, ClassifyOptions options)
      throws ImageRejectedException {
    Classification classification = classifier.classify(fetched.file(), options);
    Map<String, Object> json = Json.object();
    ResultJson.putBest(json, classification.best());
    json.put("scores", classification.scores().stream().map(ResultJson::score).toList());
    json.put("model", ResultJson.model(model));
    json.put("image", image(classification.image()));
    json.put("milliseconds", milliseconds(fetched, classification));
    if (!classification.warnings().isEmpty()) {
      json.put("warnings", classification.warnings());
    }
    return json;
  }

  private static Map<String, Object> image(ImageInfo image) {
    return Json.object(
        "width", image.width(), "height", image.height(), "format", image.format().name());
  }

  private static Map<String, Object> milliseconds(Fetched fetched, Classification done) {
    Map<String, Object> json = Json.object();
    if (fetched.duration() != null) {
      json.put("fetch", tenths(fetched.duration()));
    }
    json.put("decode", tenths(done.timings().decode().plus(done.timings().preprocess())));
    json.put("infer", tenths(done.timings().inference()));
    return json;
  }

  private static double tenths(Duration duration) {
    return Math.round(duration.toNanos() / 100_000.0) / 10.0;
  }
}
