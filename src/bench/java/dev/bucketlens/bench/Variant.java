package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to run the two functions.
 *
 * @param name in tables
 * @param command what starts the runtime client; the handler comes last
 * @param folder where it is started
 * @param environment what it needs beside the functions' own variables
 * @param upload the handler of uploads
 * @param api the handler of requests
 */
record Variant(
    String name,
    List<String> command,
    Path folder,
    Map<String, String> environment,
    String upload,
    String api) {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Java on an image's folder with its own {@code java.options}, and with more flags if given. */
  static Variant image(String name, Path image, List<String> flags) {
    List<String> command = new ArrayList<>(List.of("java", "@" + image.resolve("java.options")));
    command.addAll(flags);
    return java(name, image, command);
  }

  /** Java on the jars of an image's folder, without its options and its cache. */
  static Variant jars(String name, Path image, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>(List.of("java", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
      command.add("-cp");
      command.add(jars.map(Path::toString).sorted().collect(Collectors.joining(":")));
    }
    return java(name, image, command);
  }

  private static Variant java(String name, Path image, List<String> command) {
    List<String> whole = new ArrayList<>(command);
    whole.add(CLIENT);
    return new Variant(
        name,
        whole,
        image,
        Map.of("LAMBDA_TASK_ROOT", image.toString()),
        "dev.bucketlens.lambda.UploadHandler",
        "dev.bucketlens.lambda.ApiHandler");
  }

  /** A module of {@code src/bench/python} under a virtual environment's interpreter. */
  static Variant python(String name, Path venv, Path sources, Path image) {
    return new Variant(
        name,
        List.of(venv.resolve("bin/python").toString(), "-m", "awslambdaric"),
        sources,
        Map.of(
            "LAMBDA_TASK_ROOT",
            sources.toString(),
            "MODEL",
            image.resolve("model/efficientnet-lite0.tflite").toString()),
        name + ".upload",
        name + ".api");
  }

  /** The whole command line for one of the handlers. */
  List<String> command(String handler) {
    List<String> whole = new ArrayList<>(command);
    whole.add(handler);
    return whole;
  }

  /** The environment of a process, on top of {@code shared}. */
  Map<String, String> environment(Map<String, String> shared) {
    Map<String, String> all = new java.util.HashMap<>(shared);
    all.putAll(environment);
    return all;
  }
}
