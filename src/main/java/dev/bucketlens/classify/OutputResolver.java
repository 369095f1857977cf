package dev.bucketlens.classify;

import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides which output of a model has the scores, what they mean and what they are called: by the
 * manifest, else by the model's metadata, which means scores as they are, else by nobody, which is
 * an error.
 */
final class OutputResolver {

  private final Model model;
  private final Manifest manifest;
  private final Unsaid unsaid;

  OutputResolver(Model model, Manifest manifest, Unsaid unsaid) {
    this.model = model;
    this.manifest = manifest;
    this.unsaid = unsaid;
  }

  /**
   * Returns the index of the output that has the scores. Of several of which the manifest chooses
   * none, takes a note and returns the first, of which nothing is asked.
   *
   * @throws ModelLoadException if the model has no such output, or it cannot hold scores
   */
  int index() throws ModelLoadException {
    if (!isChosen()) {
      unsaid.noteForManifest(
          "which of its %d outputs has a score for each label (%s)"
              .formatted(model.outputs().size(), listed()),
          "output.name (or output.index)");
      return 0;
    }
    int index = chosen();
    TensorChecks.output(model.file(), model.outputs().get(index));
    return index;
  }

  private boolean isChosen() {
    return model.outputs().size() < 2
        || manifest.output().name().isPresent()
        || manifest.output().index().isPresent();
  }

  private int chosen() throws ModelLoadException {
    List<TensorSpec> outputs = model.outputs();
    Optional<Integer> index = manifest.output().index();
    Optional<String> name = manifest.output().name();
    if (name.isPresent()) {
      return IntStream.range(0, outputs.size())
          .filter(i -> outputs.get(i).name().equals(name.get()))
          .findFirst()
          .orElseThrow(() -> noSuch("name", "\"" + name.get() + "\""));
    }
    if (index.isPresent() && index.get() >= outputs.size()) {
      throw noSuch("index", index.get());
    }
    return index.orElse(0);
  }

  private ModelLoadException noSuch(String field, Object value) {
    return new ModelLoadException(
        manifest.file(),
        "output.%s is %s; the model's outputs are %s.".formatted(field, value, listed()));
  }

  private String listed() {
    List<TensorSpec> outputs = model.outputs();
    return String.join(
        ", ",
        IntStream.range(0, outputs.size())
            .mapToObj(i -> "%d \"%s\" %s".formatted(i, outputs.get(i).name(), outputs.get(i)))
            .toList());
  }

  /**
   * Returns what the output means.
   *
   * @param labels how many there are
   */
  OutputSpec resolve(int index, Metadata metadata, LastOperator last, int labels)
      throws ModelLoadException {
    Optional<OutputType> described =
        metadata.input().describesImage()
            ? Optional.of(OutputType.PROBABILITIES)
            : Optional.empty();
    OutputType type =
        unsaid.orNote(
            manifest.output().type().or(() -> described),
            OutputType.PROBABILITIES,
            "what its outputs are",
            "output.type");
    if (isChosen()) {
      requireAppliedOnce(type, last);
      requireCalibrationOf(metadata.output(), model.outputs().get(index), labels);
    }
    return new OutputSpec(
        index,
        type,
        manifest.output().threshold().or(metadata.output()::threshold).orElse(0f),
        metadata.output().calibration());
  }

  /**
   * A softmax of probabilities, or a logistic function of them, is near the same for all photos.
   */
  private void requireAppliedOnce(OutputType type, LastOperator last) throws ModelLoadException {
    if (type != OutputType.PROBABILITIES && last != LastOperator.OTHER) {
      throw new ModelLoadException(
          manifest.file(),
          "output.type is \"%s\", which applies a function to each output, but %s; set it to \"probabilities\"."
              .formatted(
                  type.text(),
                  last == LastOperator.BOUNDED
                      ? "the model's graph gives numbers from 0 to 1 already"
                      : "the last operator of the model is %s already".formatted(last)));
    }
  }

  /** Returns the labels, one for each score; or two for a single one. */
  List<String> labels(TensorSpec output, OutputMetadata metadata) throws ModelLoadException {
    Optional<LabelList> said =
        manifest
            .labels()
            .or(() -> metadata.labels().map(labels -> LabelList.distinct(model.file(), labels)));
    if (said.isEmpty()) {
      unsaid.note("what its labels are", "labels");
      return List.of();
    }
    said.get().requireDistinct();
    if (isChosen() && !TensorChecks.leavesScoresOpen(output)) {
      said.get().requireOneForEach(output, model.file());
    }
    return said.get().labels();
  }

  /** A line end behind the last label's line is forgiven. */
  private void requireCalibrationOf(OutputMetadata metadata, TensorSpec output, int labels)
      throws ModelLoadException {
    if (metadata.calibration().isEmpty() || labels == 0) {
      return;
    }
    List<Optional<Calibration.Parameters>> lines = metadata.calibration().get().parameters();
    boolean closed = lines.size() == labels + 1 && lines.getLast().isEmpty();
    if (lines.size() != labels && !closed) {
      throw new ModelLoadException(
          model.file(),
          "expected a line of score calibration for each of %d labels of %s, found %d."
              .formatted(labels, output, lines.size()));
    }
  }
}
