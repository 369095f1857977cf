package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The arguments of a benchmark, {@code name=value} each.
 *
 * <ul>
 *   <li>{@code image}: the folder that {@code aot.sh} made
 *   <li>{@code venvs}: the folder with the virtual environments {@code course} and {@code tuned}
 *   <li>{@code results}: where raw results go
 *   <li>{@code rounds}: repetitions
 *   <li>{@code variants}: names out of plain, managed, image, course, tuned
 *   <li>{@code java:NAME}: one more image folder, as a variant of that name
 *   <li>{@code flags:NAME}: flags on the image's jars, without its options, as one more variant
 * </ul>
 */
record Settings(Map<String, String> values) {
  /** What the managed Java 25 runtime starts functions with, where it matters for speed. */
  private static final List<String> MANAGED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  static Settings from(String[] args) {
    return new Settings(
        Arrays.stream(args)
            .map(arg -> arg.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> pair[1], (_, b) -> b, java.util.TreeMap::new)));
  }

  String text(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  int rounds() {
    return Integer.parseInt(text("rounds", "5"));
  }

  Path image() {
    return path("image", "target/image");
  }

  Path venvs() {
    return path("venvs", "target/venvs");
  }

  Path results() {
    return path("results", "target/bench");
  }

  Path photo(String name) {
    return Path.of("src/local/resources/photos", name);
  }

  private Path path(String name, String fallback) {
    return Path.of(text(name, fallback)).toAbsolutePath();
  }

  List<Variant> variants() throws IOException {
    List<Variant> variants = new ArrayList<>();
    for (String name : text("variants", "plain,managed,image,course,tuned").split(",", -1)) {
      variants.add(variant(name));
    }
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (entry.getKey().startsWith("java:")) {
        Path folder = Path.of(entry.getValue()).toAbsolutePath();
        variants.add(Variant.image(entry.getKey().substring(5), folder, List.of()));
      }
      if (entry.getKey().startsWith("flags:")) {
        List<String> flags = List.of(entry.getValue().split(" ", -1));
        variants.add(Variant.jars(entry.getKey().substring(6), image(), flags));
      }
    }
    return variants;
  }

  private Variant variant(String name) throws IOException {
    return switch (name) {
      case "plain" -> Variant.jars(name, image(), List.of());
      case "managed" -> Variant.jars(name, image(), MANAGED);
      case "image" -> Variant.image(name, image(), List.of());
      case "course", "tuned" ->
          Variant.python(
              name, venvs().resolve(name), Path.of("src/bench/python").toAbsolutePath(), image());
      default -> throw new IllegalArgumentException("There is no variant '" + name + "'");
    };
  }
}
