package dev.bucketlens.classify;

import dev.bucketlens.tflite.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The labels of a model: in the manifest, in a file that it names, or attached to the model. */
final class LabelList {

  private static final String LIST_OR_FILE =
      "a list of texts, or the name of a file beside the manifest";

  private LabelList() {}

  /**
   * Returns what the manifest's field {@code labels} says: a list, or a file name beside it.
   *
   * @throws ModelLoadException if the file cannot be read, or an entry is not a text
   */
  static Optional<List<String>> read(Path manifest, ManifestFields fields)
      throws ModelLoadException {
    Optional<Object> value = fields.any("labels");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof String name && !name.isBlank()) {
      return Optional.of(readFile(beside(manifest, name, fields)));
    }
    if (!(value.get() instanceof List<?> list)) {
      throw fields.wrong("labels", LIST_OR_FILE);
    }
    List<String> labels = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof String label)) {
        throw fields.wrong("labels", "a list of texts only");
      }
      labels.add(label);
    }
    return Optional.of(labels);
  }

  /**
   * Fails unless every label can be told from every other.
   *
   * @throws ModelLoadException naming the first label that is blank, or is there twice
   */
  static void requireDistinct(Path file, List<String> labels) throws ModelLoadException {
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isBlank()) {
        throw new ModelLoadException(
            file, "label %d of %d is blank.".formatted(seen.size() + 1, labels.size()));
      }
      if (!seen.add(label)) {
        throw new ModelLoadException(
            file,
            "the label \"%s\" stands twice, at %d and at %d; labels must be unique."
                .formatted(label, labels.indexOf(label) + 1, seen.size() + 1));
      }
    }
  }

  /**
   * Returns the labels with the index added to each that stood before: {@code crane (517)}. Public
   * models repeat labels (ImageNet has two cranes, a bird and a machine) and are to run unchanged.
   */
  static List<String> distinct(List<String> labels) {
    Map<String, Integer> firsts = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      boolean repeated = !label.isBlank() && firsts.putIfAbsent(label, i) != null;
      distinct.add(repeated ? "%s (%d)".formatted(label, i) : label);
    }
    return distinct;
  }

  private static Path beside(Path manifest, String name, ManifestFields fields)
      throws ModelLoadException {
    try {
      return manifest.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw fields.wrong("labels", LIST_OR_FILE, e);
    }
  }

  private static List<String> readFile(Path file) throws ModelLoadException {
    try {
      return TextLines.of(file, "it", Files.readAllBytes(file)).withoutBlankEnd();
    } catch (IOException e) {
      throw new ModelLoadException(
          file, "expected the labels that the manifest names, found no file that can be read.", e);
    }
  }
}
