package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The arguments of a benchmark, {@code name=value} each. Those that several know:
 *
 * <ul>
 *   <li>{@code image}: the folder that {@code aot.sh} made
 *   <li>{@code venvs}: the folder with the virtual environments {@code course} and {@code tuned}
 *   <li>{@code results}: where raw results go
 *   <li>{@code rounds}: repetitions
 *   <li>{@code models}: names of models
 *   <li>{@code variants}: names out of plain, managed, image, course, tuned
 *   <li>{@code java:NAME}: one more image folder, as a variant of that name
 * </ul>
 */
record Settings(Map<String, String> values) {
  /** The sample photos. */
  static final Path SAMPLES = Path.of("src/local/resources/photos");

  /** A warm process with both compilers, on the collector that the functions have. */
  static final List<String> C2 = List.of("-XX:+UseSerialGC");

  /** What the managed Java 25 runtime starts functions with, where it matters for speed. */
  private static final List<String> MANAGED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  static Settings from(String[] args) {
    return new Settings(
        Arrays.stream(args)
            .map(arg -> arg.split("=", 2))
            .collect(
                Collectors.toMap(pair -> pair[0], pair -> pair[1], (_, b) -> b, TreeMap::new)));
  }

  String text(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  int number(String name, int fallback) {
    return Integer.parseInt(text(name, Integer.toString(fallback)));
  }

  private List<String> list(String name, String fallback) {
    return List.of(text(name, fallback).split(",", -1));
  }

  private Path path(String name, String fallback) {
    return Path.of(text(name, fallback)).toAbsolutePath();
  }

  int rounds() {
    return number("rounds", 5);
  }

  List<String> models() {
    return list("models", "efficientnet-lite0");
  }

  List<String> functions() {
    return list("functions", "upload,api");
  }

  private Path image() {
    return path("image", "target/image");
  }

  Path natives() {
    return image().resolve("native/linux-x86_64");
  }

  /** A model by its name: the image's, or one of the source tree that is not packaged. */
  Path model(String name) {
    Path file = Path.of("model", name + ".tflite");
    Path packaged = image().resolve(file);
    return Files.exists(packaged) ? packaged : file.toAbsolutePath();
  }

  /** The raw results of that name. */
  Path csv(String name) {
    return results().resolve(text("csv", name) + ".csv");
  }

  private Path results() {
    return path("results", "target/bench");
  }

  /** Where the processes that are measured write what they have to say. */
  Path log() {
    return path("log", "target/bench/processes.log");
  }

  /** A photo that {@code photos.py} made. */
  Path generated(String name) {
    return path("photos", "target/bench/photos").resolve(name);
  }

  /** The interpreter of one of the virtual environments. */
  String python(String venv) {
    return path("venvs", "target/venvs").resolve(venv).resolve("bin/python").toString();
  }

  /** The command line of {@code invoke.c}. */
  List<String> invoke(Path model, int threads, int interpreters, boolean cache) {
    return List.of(
        path("invoke", "target/bench/invoke").toString(),
        natives().resolve("libLiteRt.so").toString(),
        model.toString(),
        Integer.toString(threads),
        Integer.toString(interpreters),
        cache ? "on" : "off");
  }

  /** The flags of the container image. */
  List<String> imageFlags() throws IOException {
    return Files.readAllLines(Path.of("src/bench/jvm.flags")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  List<Variant> variants() throws IOException {
    List<Variant> variants = new ArrayList<>();
    for (String name : list("variants", "plain,managed,image,course,tuned")) {
      variants.add(variant(name));
    }
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (entry.getKey().startsWith("java:")) {
        Path folder = Path.of(entry.getValue()).toAbsolutePath();
        variants.add(Variant.image(entry.getKey().substring(5), folder));
      }
    }
    return variants;
  }

  Variant variant(String name) throws IOException {
    return switch (name) {
      case "plain" -> Variant.jars(name, image(), List.of());
      case "managed" -> Variant.jars(name, image(), MANAGED);
      case "image" -> Variant.image(name, image());
      case "course", "tuned" ->
          Variant.python(name, python(name), Path.of("src/bench/python").toAbsolutePath());
      default -> throw new IllegalArgumentException("There is no variant '" + name + "'");
    };
  }
}
