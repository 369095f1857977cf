package dev.bucketlens.classify;

import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model: who it is, its labels, what happens to an image before it and to its
 * output behind it. Immutable; holds nothing native.
 */
public final class ModelBundle {

  private final String name;
  private final String fileHash;
  private final Manifest manifest;
  private final Metadata metadata;
  private final List<String> labels;
  private final InputSpec input;
  private final OutputSpec output;
  private final LastOperator lastOperator;
  private final TensorSpec inputTensor;
  private final TensorSpec outputTensor;

  private ModelBundle(Model model) throws ModelLoadException {
    Path file = model.file();
    ModelFile content = ModelFile.map(file);
    inputTensor = TensorChecks.input(model);
    manifest = ManifestReader.readBeside(file);
    Unsaid unsaid = new Unsaid(file, manifest.file());
    OutputResolver outputs = new OutputResolver(model, manifest, unsaid);
    int index = outputs.index();
    outputTensor = model.outputs().get(index);
    metadata = MetadataReader.read(content, index);
    labels = List.copyOf(outputs.labels(outputTensor, metadata.output()));
    input = new InputResolver(file, manifest, metadata.input(), unsaid).resolve(inputTensor);
    lastOperator = LastOperator.of(content, outputTensor, index);
    output = outputs.resolve(index, metadata, lastOperator, labels.size());
    unsaid.requireNothing();
    name =
        manifest
            .name()
            .or(metadata::name)
            .orElseGet(() -> file.getFileName().toString().replaceFirst("\\.tflite$", ""));
    fileHash = model.hash();
  }

  /**
   * Opens and checks the model at {@code file}, with the manifest beside it if there is one.
   *
   * @throws ModelLoadException if anything is missing or does not fit; the message names it
   */
  static ModelBundle open(Path file) throws ModelLoadException {
    try (Model model = Model.open(LiteRt.load(), file)) {
      return of(model);
    }
  }

  /**
   * Returns the name of the file that holds the labels, if the manifest beside {@code model} names
   * one; the model itself is not opened.
   *
   * @throws ModelLoadException if the manifest cannot be read
   */
  public static Optional<String> labelsFile(Path model) throws ModelLoadException {
    return ManifestReader.labelsFileBeside(model);
  }

  static ModelBundle of(Model model) throws ModelLoadException {
    return new ModelBundle(model);
  }

  /** Returns the model's name: the manifest's, the metadata's, or the file's without its suffix. */
  public String name() {
    return name;
  }

  /** Returns the model's version, or an empty string if nothing says one. */
  public String version() {
    return manifest.version().or(metadata::version).orElse("");
  }

  /** Returns the first 12 hexadecimal digits of the SHA-256 of the model file. */
  public String fileHash() {
    return fileHash;
  }

  /** Returns the labels in the order of the model's output, or no and yes for a binary model. */
  public List<String> labels() {
    return labels;
  }

  /** Returns the width of the images that the model sees, in pixels. */
  public int width() {
    return input.layout().width();
  }

  /** Returns the height of the images that the model sees, in pixels. */
  public int height() {
    return input.layout().height();
  }

  /** Returns the licence that the manifest names. */
  public Optional<String> license() {
    return manifest.license();
  }

  /** Returns where the model comes from, as the manifest says. */
  public Optional<String> source() {
    return manifest.source();
  }

  /** Returns what was measured of the model, as the manifest says. */
  public Optional<Validation> validation() {
    return manifest.validation();
  }

  /** Returns what the manifest says of pixels and scores, as one text; empty without a manifest. */
  String manifestText() {
    return manifest.text();
  }

  InputSpec input() {
    return input;
  }

  OutputSpec output() {
    return output;
  }

  LastOperator lastOperator() {
    return lastOperator;
  }

  TensorSpec inputTensor() {
    return inputTensor;
  }

  TensorSpec outputTensor() {
    return outputTensor;
  }
}
