package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to run the two functions.
 *
 * @param name in raw results
 * @param command what starts the runtime client; the function comes last
 * @param folder the package, where it is started
 * @param upload the function of uploads, as its handler or its file of options
 * @param api the function of requests, likewise
 */
record Variant(String name, List<String> command, Path folder, String upload, String api) {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Java on an image's folder, with the options and the caches in it. */
  static Variant image(String name, Path image) {
    return new Variant(
        name,
        List.of("java"),
        image,
        "@" + image.resolve("upload.options"),
        "@" + image.resolve("api.options"));
  }

  /** Java on the jars of an image's folder, without its options and its cache. */
  static Variant jars(String name, Path image, List<String> flags) throws IOException {
    List<String> options = new ArrayList<>(flags);
    options.add("--enable-native-access=ALL-UNNAMED");
    try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
      options.add("-cp");
      options.add(jars.map(Path::toString).sorted().collect(Collectors.joining(":")));
    }
    return new Variant(
        name,
        Stream.of(List.of("java"), options, List.of(CLIENT)).flatMap(List::stream).toList(),
        image,
        "dev.bucketlens.lambda.UploadHandler",
        "dev.bucketlens.lambda.ApiHandler");
  }

  /** A module of {@code src/bench/python} under a virtual environment's interpreter. */
  static Variant python(String name, String interpreter, Path sources) {
    return new Variant(
        name, List.of(interpreter, "-m", "awslambdaric"), sources, name + ".upload", name + ".api");
  }

  boolean isPython() {
    return command.contains("awslambdaric");
  }

  /** The whole command line for one of the functions. */
  List<String> command(String function) {
    return Stream.concat(command.stream(), Stream.of(function)).toList();
  }
}
