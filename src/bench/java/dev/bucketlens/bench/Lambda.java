package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApi.Answer;
import dev.bucketlens.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Functions on a backend, for the harness in Python: takes orders as lines of JSON and answers each
 * with a line, which has {@code error} if it could not be carried out. Times are milliseconds.
 *
 * <p>Argument: how functions reach the backend, {@code http} or {@code https}.
 */
final class Lambda {
  private final Backend backend;
  private final Map<String, FunctionProcess> functions = new HashMap<>();

  private Lambda(Backend backend) {
    this.backend = backend;
  }

  public static void main(String[] args) throws Exception {
    Lambda lambda = new Lambda(Backend.start(args[0]));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      System.out.println(new String(Json.writeBytes(lambda.answer(line)), StandardCharsets.UTF_8));
    }
    lambda.functions.values().forEach(FunctionProcess::close);
    // DynamoDB Local leaves threads behind.
    System.exit(0);
  }

  private Map<String, Object> answer(String line) throws InterruptedException {
    try {
      Map<String, Object> order = Json.readObject(line);
      String function = order.getOrDefault("function", "").toString();
      switch (order.get("order").toString()) {
        case "put" -> backend.put(text(order, "key"), Path.of(text(order, "file")));
        case "start" -> {
          return start(function, order);
        }
        case "store" -> {
          return store(functions.get(function), order);
        }
        case "score" -> {
          return score(functions.get(function), text(order, "key"));
        }
        default ->
            Optional.ofNullable(functions.remove(function)).ifPresent(FunctionProcess::close);
      }
      return Map.of();
    } catch (IOException e) {
      return Map.of("error", String.valueOf(e.getMessage()));
    }
  }

  private static String text(Map<String, Object> order, String name) {
    return order.get(name).toString();
  }

  private static List<String> texts(Map<String, Object> order, String name) {
    return ((List<?>) order.get(name)).stream().map(Object::toString).toList();
  }

  private Map<String, Object> start(String name, Map<String, Object> order)
      throws IOException, InterruptedException {
    Path folder = Path.of(text(order, "folder"));
    Map<String, String> environment = backend.environment(order.get("python").equals(true));
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("MODEL", text(order, "model"));
    FunctionProcess process =
        FunctionProcess.start(
            texts(order, "command"), folder, environment, Path.of(text(order, "log")));
    functions.put(name, process);
    return Map.of("pid", process.pid(), "init", process.millisecondsTo(process.api().awaitReady()));
  }

  /** Stores photos by events of so many each, so often; what the table then has is taken away. */
  private Map<String, Object> store(FunctionProcess function, Map<String, Object> order)
      throws IOException, InterruptedException {
    List<String> keys = texts(order, "keys");
    int batch = ((Number) order.get("batch")).intValue();
    double[] times = new double[((Number) order.get("count")).intValue()];
    long end = 0;
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      for (int from = 0; from < keys.size(); from += batch) {
        String event = backend.uploadEvent(keys.subList(from, from + batch));
        end = invoke(function, event, "[]");
      }
      times[i] = (end - start) / 1e6;
      for (String key : keys) {
        backend.takeLabel(key);
      }
    }
    return Map.of("median", Repeated.median(times), "sinceStart", function.millisecondsTo(end));
  }

  private Map<String, Object> score(FunctionProcess function, String key)
      throws IOException, InterruptedException {
    long end = invoke(function, backend.urlEvent(key), "cat");
    return Map.of("sinceStart", function.millisecondsTo(end));
  }

  /** When the answer was there, which has to have some text. */
  private static long invoke(FunctionProcess function, String event, String expected)
      throws IOException, InterruptedException {
    Answer answer = function.api().invoke(event);
    if (!answer.ok() || !answer.body().contains(expected)) {
      throw new IOException("The function failed, or its answer is wrong: " + answer.body());
    }
    return answer.nanos();
  }
}
