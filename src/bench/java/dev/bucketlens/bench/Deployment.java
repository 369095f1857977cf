package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts functions on a backend, and invokes them so that a failure is an error.
 *
 * @param model the model of every function
 */
record Deployment(Backend backend, Path model) {
  private static final int DELIVERIES = 3;

  /** Starts the function of uploads. */
  FunctionProcess startUpload(Variant variant) throws IOException {
    return start(variant, variant.command(variant.upload()));
  }

  /** Starts the function of requests. */
  FunctionProcess startApi(Variant variant) throws IOException {
    return start(variant, variant.command(variant.api()));
  }

  /** Starts one of the variant's functions by a command line of its own. */
  FunctionProcess start(Variant variant, List<String> command) throws IOException {
    Map<String, String> environment = backend.environment(!variant.isPython());
    environment.put("LAMBDA_TASK_ROOT", variant.folder().toString());
    environment.put("MODEL", model.toString());
    return FunctionProcess.start(command, variant.folder(), environment, Settings.log());
  }

  /** Has a function store photos; one that it does not store is an error. */
  Answer upload(FunctionProcess function, List<String> keys)
      throws IOException, InterruptedException {
    Answer answer = tryUpload(function, keys);
    if (!stored(answer)) {
      throw new IOException("The function failed: " + answer.body());
    }
    return answer;
  }

  /** The same, but delivers the photos again as the queue does: twice, before it is an error. */
  void deliver(FunctionProcess function, List<String> keys)
      throws IOException, InterruptedException {
    for (int attempt = 1; attempt < DELIVERIES; attempt++) {
      if (stored(tryUpload(function, keys))) {
        return;
      }
    }
    upload(function, keys);
  }

  private Answer tryUpload(FunctionProcess function, List<String> keys)
      throws IOException, InterruptedException {
    return function.api().invoke(backend.uploadEvent(keys));
  }

  private static boolean stored(Answer answer) {
    return answer.ok() && answer.body().contains("[]");
  }

  /** The median milliseconds of storing a photo so often. */
  double store(FunctionProcess function, String key, int count)
      throws IOException, InterruptedException {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      times[i] = (upload(function, List.of(key)).nanos() - start) / 1e6;
      backend.takeLabel(key);
    }
    return Turns.median(times);
  }

  /** Has a function score a photo by its URL. */
  Answer request(FunctionProcess function, String key) throws IOException, InterruptedException {
    Answer answer = function.api().invoke(backend.urlEvent(key));
    if (!answer.ok() || !answer.body().contains("cat")) {
      throw new IOException("The function failed, or took a kitten for no cat: " + answer.body());
    }
    return answer;
  }
}
