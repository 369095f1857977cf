package dev.bucketlens.lambda;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model's files lie: in the package, or in S3. */
public sealed interface ModelSource {

  /**
   * A file of the package, or of this machine.
   *
   * @param file the {@code .tflite} file
   */
  record Packaged(Path file) implements ModelSource {

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * An object of S3. Its manifest lies beside it, and so does the file of labels that the manifest
   * names, if it does; the names of both begin as the model's.
   *
   * @param key ends in {@code .tflite}
   * @param pins which objects are meant: for model, manifest and labels in this order a version's
   *     id or an ETag; the model's at least
   */
  record InS3(String bucket, String key, List<String> pins) implements ModelSource {
    /** The objects of a model. */
    enum Part {
      MODEL(0),
      MANIFEST(1),
      LABELS(2);

      private final int place;

      Part(int place) {
        this.place = place;
      }
    }

    /** Keeps its own copy of the pins. */
    public InS3 {
      pins = List.copyOf(pins);
    }

    /** What the name of each of its files begins with. */
    String stem() {
      return key.substring(key.lastIndexOf('/') + 1, key.length() - SUFFIX.length());
    }

    /** The key of the file {@code name} beside the model. */
    String beside(String name) {
      return key.substring(0, key.lastIndexOf('/') + 1) + name;
    }

    /** The version's id or ETag of a part; empty if any is taken. */
    String pin(Part part) {
      return part.place < pins.size() ? pins.get(part.place) : "";
    }

    @Override
    public String toString() {
      return SCHEME + bucket + "/" + key;
    }
  }

  /** What an address of S3 begins with. */
  String SCHEME = "s3://";

  /** What a model's name ends with. */
  String SUFFIX = ".tflite";

  /**
   * Reads the setting of a model, and the one of its version beside it.
   *
   * @param root where a relative path begins
   * @throws SettingException if it is an address of S3 that is not whole, or without a version
   */
  static ModelSource of(Environment env, Setting model, Setting version, Path root) {
    String value = env.text(model);
    if (!value.startsWith(SCHEME)) {
      return new Packaged(root.resolve(value));
    }
    Matcher address = Pattern.compile("s3://([^/]+)/((?:.*/)?[^/]+\\.tflite)").matcher(value);
    if (!address.matches()) {
      throw new SettingException(
          "%s is '%s'; expected s3://bucket/path/name.tflite.".formatted(model.told(), value));
    }
    if (env.text(version).isEmpty()) {
      throw new SettingException(
          "%s is not set; expected the version's id or the ETag of %s, so that the deployment says what it runs."
              .formatted(version.told(), value));
    }
    List<String> pins = Arrays.stream(env.text(version).split(",", -1)).map(String::strip).toList();
    return new InS3(address.group(1), address.group(2), pins);
  }
}
