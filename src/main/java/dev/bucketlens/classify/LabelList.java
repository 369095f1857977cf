package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The labels of a model, in the order of its output.
 *
 * @param source the file that they stand in, for messages: the manifest, one that it names, or the
 *     model that they are attached to
 */
record LabelList(Path source, List<String> labels) {

  private static final String LIST_OR_FILE =
      "a list of texts, or the name of a file beside the manifest";

  LabelList {
    labels = List.copyOf(labels);
  }

  /**
   * Returns what the manifest's field {@code labels} says: a list, or a file name beside it.
   *
   * @throws ModelLoadException if the file cannot be read, or an entry is not a text
   */
  static Optional<LabelList> read(Path manifest, JsonObject<ModelLoadException> fields)
      throws ModelLoadException {
    Optional<Object> value = fields.any("labels");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof String name && !name.isBlank()) {
      return Optional.of(LabelFile.read(beside(manifest, name, fields)));
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
    return Optional.of(new LabelList(manifest, labels));
  }

  /**
   * Returns the labels of a file, or of those attached to a model, with the index added to each
   * that stood before: {@code crane (517)}, and once more where the list has that too. Public lists
   * repeat labels (ImageNet has two cranes, a bird and a machine) and are to be used unchanged.
   */
  static LabelList distinct(Path source, List<String> labels) {
    Set<String> listed = Set.copyOf(labels);
    Set<String> seen = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      if (!seen.add(label) && !label.isBlank()) {
        do {
          label += " (%d)".formatted(i);
        } while (listed.contains(label));
      }
      distinct.add(label);
    }
    return new LabelList(source, distinct);
  }

  /**
   * Fails unless every label can be told from every other.
   *
   * @throws ModelLoadException naming the first label that is blank, or is there twice
   */
  void requireDistinct() throws ModelLoadException {
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isBlank()) {
        throw new ModelLoadException(
            source,
            "label %d of %d is blank; expected a name for each output."
                .formatted(seen.size() + 1, labels.size()));
      }
      if (!seen.add(label)) {
        throw new ModelLoadException(
            source,
            "the label \"%s\" stands twice, at %d and at %d; labels must be unique."
                .formatted(label, labels.indexOf(label) + 1, seen.size() + 1));
      }
    }
  }

  /**
   * Fails unless there is a label for each score, or two for a single one: no and yes.
   *
   * @throws ModelLoadException naming both numbers
   */
  void requireOneForEach(TensorSpec output, Path model) throws ModelLoadException {
    long scores = output.elements();
    boolean binary = scores == 1 && labels.size() == 2;
    if (!binary && scores != labels.size()) {
      throw new ModelLoadException(
          source,
          "expected %s, as the output %s of %s has; found %d%s."
              .formatted(
                  scores == 1 ? "1 label, or 2 for no and yes" : scores + " labels",
                  output,
                  model.getFileName(),
                  labels.size(),
                  offByOne(labels.size() - scores)));
    }
  }

  /** Some lists have a background first, and so have some models: each may lack the other's. */
  private String offByOne(long surplus) {
    if (surplus == 1) {
      return "; if the first, \"%s\", heads the list or is a background that the model does not score, take it out"
          .formatted(labels.getFirst());
    }
    return surplus == -1
        ? "; if the model scores a background first, as those of 1001 scores do for ImageNet's 1000"
            + " labels, put \"background\" first"
        : "";
  }

  private static Path beside(Path manifest, String name, JsonObject<ModelLoadException> fields)
      throws ModelLoadException {
    try {
      return manifest.resolveSibling(name);
    } catch (InvalidPathException e) {
      ModelLoadException wrong = fields.wrong("labels", LIST_OR_FILE);
      wrong.initCause(e);
      throw wrong;
    }
  }
}
