package dev.bucketlens.classify;

import dev.bucketlens.engine.FoundFile;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.json.FieldErrors;
import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the manifest beside a model, which {@code model/manifest.schema.json} describes. */
final class ManifestReader {

  static final List<String> FIELDS =
      List.of("name", "version", "labels", "input", "output", "license", "source", "validation");

  /** What is told of a model without a photo getting other scores by it. */
  static final Set<String> DESCRIPTIVE_FIELDS = Set.of("license", "source", "validation");

  static final List<String> OUTPUT_FIELDS = List.of("name", "index", "type", "threshold");

  static final Map<String, OutputType> OUTPUT_TYPES =
      Map.of(
          "probabilities", OutputType.PROBABILITIES,
          "logits", OutputType.LOGITS,
          "sigmoid", OutputType.SIGMOID);

  private final Path file;
  private final Faults faults;

  private ManifestReader(Path file) {
    this.file = file;
    faults = new Faults(file);
  }

  /**
   * Reads {@code <name>.json} beside {@code <name>.tflite}; without one, the manifest is empty.
   *
   * @throws ModelLoadException if there is one but it says something wrong; the message names each
   *     such field
   */
  static Manifest readBeside(Path model) throws ModelLoadException {
    Path file = manifestOf(model);
    return Files.exists(file) ? new ManifestReader(file).read() : Manifest.empty(file);
  }

  /** Returns the name that the field {@code labels} has, where it is no list. */
  static Optional<String> labelsFileBeside(Path model) throws ModelLoadException {
    Path file = manifestOf(model);
    ManifestReader reader = new ManifestReader(file);
    return Files.exists(file) && reader.json() instanceof Map<?, ?> fields
        ? Optional.ofNullable(fields.get("labels"))
            .filter(String.class::isInstance)
            .map(String.class::cast)
        : Optional.empty();
  }

  private static Path manifestOf(Path model) {
    String name = model.getFileName().toString().replaceFirst("\\.tflite$", "");
    return model.resolveSibling(name + ".json");
  }

  private Manifest read() throws ModelLoadException {
    Object json = json();
    JsonObject<ModelLoadException> fields = fields(json);
    faults.note(fields.unknown(FIELDS));
    Manifest manifest =
        new Manifest(
            file,
            textOf((Map<?, ?>) json),
            text(fields, "name"),
            text(fields, "version"),
            faults.orNote(Optional.empty(), () -> LabelList.read(file, fields)),
            faults.orNote(Manifest.Input.EMPTY, () -> InputFields.read(fields, faults)),
            faults.orNote(Manifest.Output.EMPTY, () -> output(fields)),
            text(fields, "license"),
            text(fields, "source"),
            faults.orNote(Optional.empty(), () -> ValidationReader.read(fields)));
    faults.requireNone();
    return manifest;
  }

  private Optional<String> text(JsonObject<ModelLoadException> fields, String name) {
    return faults.orNote(Optional.empty(), () -> fields.text(name));
  }

  /** A field that is added to the manifest counts unless it is known to change no score. */
  private static String textOf(Map<?, ?> json) {
    Map<Object, Object> fields = new TreeMap<>(json);
    fields.keySet().removeAll(DESCRIPTIVE_FIELDS);
    return fields.toString();
  }

  private Object json() throws ModelLoadException {
    try {
      return json(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e, e);
    }
  }

  private Object json(byte[] content) throws ModelLoadException {
    try {
      return Json.read(content);
    } catch (JsonSyntaxException e) {
      String problem =
          FoundFile.name(ByteBuffer.wrap(content))
              .map("expected a manifest in JSON, found %s."::formatted)
              .orElse("it is not JSON: " + e.getMessage() + ".");
      throw new ModelLoadException(file, problem, e);
    }
  }

  private JsonObject<ModelLoadException> fields(Object json) throws ModelLoadException {
    if (json instanceof Map<?, ?> values) {
      return JsonObject.of(values, new Errors(file));
    }
    throw new ModelLoadException(
        file, "the manifest is %s; expected a JSON object.".formatted(json));
  }

  private record Errors(Path file) implements FieldErrors<ModelLoadException> {

    @Override
    public ModelLoadException wrong(String path, Object found, String expected) {
      String shown = found instanceof String ? "\"" + found + "\"" : String.valueOf(found);
      return new ModelLoadException(
          file, "%s is %s; expected %s.".formatted(path, shown, expected));
    }

    @Override
    public ModelLoadException unknown(String path, Collection<String> known) {
      return new ModelLoadException(
          file,
          "unknown field \"%s\"; expected one of %s.".formatted(path, String.join(", ", known)));
    }
  }

  private Manifest.Output output(JsonObject<ModelLoadException> manifest)
      throws ModelLoadException {
    Optional<JsonObject<ModelLoadException>> output = manifest.object("output");
    if (output.isEmpty()) {
      return Manifest.Output.EMPTY;
    }
    JsonObject<ModelLoadException> fields = output.get();
    faults.note(fields.unknown(OUTPUT_FIELDS));
    if (fields.has("name") && fields.has("index")) {
      faults.note(List.of(fields.wrong("index", "either a name or an index")));
    }
    return new Manifest.Output(
        text(fields, "name"),
        faults.orNote(Optional.empty(), () -> fields.integer("index", 0, Integer.MAX_VALUE)),
        faults.orNote(Optional.empty(), () -> fields.choice("type", OUTPUT_TYPES)),
        faults.orNote(Optional.empty(), () -> fields.share("threshold").map(Double::floatValue)));
  }
}
