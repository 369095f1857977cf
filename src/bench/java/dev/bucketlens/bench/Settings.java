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
 * What a section is told, {@code name=value} each:
 *
 * <ul>
 *   <li>{@code results}: the folder of raw results, {@code csv}: the name of the file there
 *   <li>{@code rounds}: how often each contender is measured
 *   <li>{@code warm}: what share of the usual warm-up a JVM gets
 *   <li>{@code models}: names of models, of {@code model} or {@code src/bench/models}
 *   <li>{@code variants}: names out of plain, managed, image, course, tuned
 *   <li>{@code java:NAME}: one more image folder, as a variant of that name
 *   <li>what one section alone knows: see there
 * </ul>
 */
record Settings(Map<String, String> values) {
  /** The sample photos. */
  static final Path SAMPLES = Path.of("src/local/resources/photos");

  /** A warm process with both compilers, on the collector that the functions have. */
  static final List<String> C2 = List.of("-XX:+UseSerialGC");

  private static final Path IMAGE = Path.of("target/image").toAbsolutePath();
  private static final Path TARGET = Path.of("target/bench").toAbsolutePath();
  private static final List<Path> MODELS =
      List.of(IMAGE.resolve("model"), Path.of("model"), Path.of("src/bench/models"));

  /** What the managed Java 25 runtime starts functions with, where it matters for speed. */
  private static final List<String> MANAGED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  static Settings from(String[] args) {
    return new Settings(
        Arrays.stream(args)
            .skip(1)
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

  List<String> list(String name, String fallback) {
    return List.of(text(name, fallback).split(",", -1));
  }

  int rounds() {
    return number("rounds", 1);
  }

  List<WarmPhoto> warmed(List<WarmPhoto> photos) {
    return photos.stream().map(photo -> photo.warmed(text("warm", "1"))).toList();
  }

  List<String> models() {
    return list("models", "efficientnet-lite0");
  }

  /** The natives of this system, as the package has them. */
  static Path natives() {
    return IMAGE.resolve("native/linux-x86_64");
  }

  /** A model by its name: the image's, or one of the source tree that is not packaged. */
  static Path model(String name) {
    return MODELS.stream()
        .map(folder -> folder.resolve(name + ".tflite").toAbsolutePath())
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No " + name + ".tflite in " + MODELS));
  }

  /** The raw results of a section, unless another name is given. */
  Path csv(String section) {
    return Path.of(text("results", TARGET.toString())).resolve(text("csv", section) + ".csv");
  }

  /** Where the processes that are measured write what they have to say. */
  static Path log() {
    return TARGET.resolve("processes.log");
  }

  /** A file that a measurement needs for a while. */
  static Path scratch(String name) {
    return TARGET.resolve(name);
  }

  /** A photo that {@code photos.py} made. */
  static Path generated(String name) {
    return TARGET.resolve("photos").resolve(name);
  }

  /** The interpreter of one of the virtual environments. */
  static String python(String venv) {
    return Path.of("target/venvs", venv, "bin/python").toAbsolutePath().toString();
  }

  /** The flags of the container image. */
  static List<String> imageFlags() throws IOException {
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

  static Variant variant(String name) throws IOException {
    return switch (name) {
      case "plain" -> Variant.jars(name, IMAGE, List.of());
      case "managed" -> Variant.jars(name, IMAGE, MANAGED);
      case "image" -> Variant.image(name, IMAGE);
      case "course", "tuned" ->
          Variant.python(name, python(name), Path.of("src/bench/python").toAbsolutePath());
      default -> throw new IllegalArgumentException("There is no variant '" + name + "'");
    };
  }
}
