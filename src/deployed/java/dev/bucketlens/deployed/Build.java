package dev.bucketlens.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code sam build} makes, fitted to the emulator. */
final class Build {

  /**
   * All in which the deployed template differs from the one for AWS; {@code SnapStart=off} comes
   * with the parameters. The emulator runs Java in Docker only, but a bootstrap as a process:
   * {@link #addRuntime} gives the package one. And it takes a parameter for a text where it needs a
   * number; two upload functions at once are enough for two processors. And it splits no text in a
   * condition; no model lies in S3 here, which the conditions then say of every address. What it
   * could not give to a function, because it has just ended its processes, it does not offer again
   * before the time-out of its queue: here half a minute, not six. {@link #withoutMath} has the
   * rest.
   */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "Runtime: java25\n", "Runtime: provided.al2023\n",
          "VisibilityTimeout: 360\n", "VisibilityTimeout: 30\n",
          "MaximumConcurrency:\n( *)  Ref: MaximumConcurrency\n", "MaximumConcurrency: 2\n",
          "Fn::Select:\n *- 0\n *- Fn::Split:\n *- '?://'?\n *- (Ref: \\w+)\n", "$1\n");

  private Build() {}

  /**
   * The emulator has no alarms that compute; these become alarms on a metric that nobody writes.
   */
  static String withoutMath(String template) {
    return template.replaceAll(
        "(?m)^( +)Metrics:\n(?:\\1[ -] .*\n)+",
        "$1Namespace: Bucketlens\n$1MetricName: Computed\n$1Statistic: Average\n$1Period: 3600\n");
  }

  /** The emulator takes no snapshots, unless it is asked to; an image has none. */
  static Map<String, String> with(boolean snapStart, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>();
    if (snapStart) {
      all.put("SnapStart", "off");
    }
    all.putAll(parameters);
    return all;
  }

  /**
   * The template with what the emulator takes from there only. A model in S3 is one whose address
   * is no more than that.
   */
  static String fitted(String template, Map<String, String> parameters) {
    String fitted =
        template.replaceAll(
            "(?<=MaximumConcurrency\"?: )2\\b", parameters.getOrDefault("MaximumConcurrency", "2"));
    for (String model : List.of("Model", "ShadowModel")) {
      if (parameters.getOrDefault(model, "").startsWith("s3://")) {
        fitted = fitted.replaceAll("Ref: " + model + "(?=\n *- s3\n)", "s3");
      }
    }
    return fitted;
  }

  /** Builds into {@code folder} and returns the template there. */
  static Path make(Tools tools, Path folder) {
    Command.run(
        Map.of("SAM_CLI_TELEMETRY", "0"),
        List.of(tools.cli().resolve("sam").toString(), "build", "--build-dir", folder.toString()));
    try {
      for (String function : List.of("UploadFunction", "ApiFunction", "EventsFunction")) {
        addRuntime(folder.resolve(function));
      }
      Path template = folder.resolve("template.yaml");
      String text = Files.readString(template);
      for (Map.Entry<String, String> difference : DIFFERENCES.entrySet()) {
        String changed = text.replaceAll(difference.getKey(), difference.getValue());
        if (changed.equals(text)) {
          throw new IllegalStateException(
              "The built template has no '%s'".formatted(difference.getKey()));
        }
        text = changed;
      }
      Files.writeString(template, withoutMath(text));
      return template;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Lambda's managed runtime has and a package for another runtime must bring. */
  private static void addRuntime(Path function) throws IOException {
    Files.copy(
        Path.of("src/deployed/bootstrap"),
        function.resolve("bootstrap"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    for (String jar :
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .filter(it ->
                it.contains("runtime-interface-client") || it.contains("lambda-java-serialization"))
            .toList()) {
      Path from = Path.of(jar);
      Files.copy(
          from,
          function.resolve("lib").resolve(from.getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
