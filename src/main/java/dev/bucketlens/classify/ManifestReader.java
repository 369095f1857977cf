package dev.bucketlens.classify;

import com.fasterxml.jackson.core.JacksonException;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import dev.bucketlens.json.FieldErrors;
import dev.bucketlens.json.JsonObject;
import java.io.IOException;
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

  static final List<String> INPUT_FIELDS =
      List.of(
          "width",
          "height",
          "resize",
          "aspect",
          "channelOrder",
          "background",
          "range",
          "mean",
          "std");
  static final List<String> OUTPUT_FIELDS = List.of("type", "threshold");
  static final List<String> ASPECT_FIELDS = List.of("centerCrop", "letterbox");

  static final Map<String, ResizeFilter> FILTERS =
      Map.of(
          "nearest", ResizeFilter.NEAREST,
          "bilinear", ResizeFilter.BILINEAR,
          "bicubic", ResizeFilter.BICUBIC,
          "area", ResizeFilter.AREA,
          "lanczos3", ResizeFilter.LANCZOS3,
          "tf-bilinear", ResizeFilter.TF_BILINEAR);
  static final Map<String, ChannelOrder> ORDERS =
      Map.of("rgb", ChannelOrder.RGB, "bgr", ChannelOrder.BGR);
  static final Map<String, OutputType> OUTPUT_TYPES =
      Map.of(
          "probabilities", OutputType.PROBABILITIES,
          "logits", OutputType.LOGITS,
          "sigmoid", OutputType.SIGMOID);

  private static final String STRETCH = "stretch";
  private static final List<Integer> ONE_OR_THREE = List.of(1, 3);

  private final Path file;

  private ManifestReader(Path file) {
    this.file = file;
  }

  /**
   * Reads {@code <name>.json} beside {@code <name>.tflite}; without one, the manifest is empty.
   *
   * @throws ModelLoadException if there is one but it says something wrong; the message names the
   *     field
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
    JsonObject<ModelLoadException> fields = fields(json).allowOnly(FIELDS);
    return new Manifest(
        file,
        textOf((Map<?, ?>) json),
        fields.text("name"),
        fields.text("version"),
        LabelList.read(file, fields),
        input(fields),
        output(fields),
        fields.text("license"),
        fields.text("source"),
        ValidationReader.read(fields));
  }

  /** A field that is added to the manifest counts unless it is known to change no score. */
  private static String textOf(Map<?, ?> json) {
    Map<Object, Object> fields = new TreeMap<>(json);
    fields.keySet().removeAll(DESCRIPTIVE_FIELDS);
    return fields.toString();
  }

  private Object json() throws ModelLoadException {
    try {
      return JsonObject.parse(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new ModelLoadException(
          file,
          "it is not JSON: line %d: %s."
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e, e);
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

  private static Manifest.Input input(JsonObject<ModelLoadException> manifest)
      throws ModelLoadException {
    Optional<JsonObject<ModelLoadException>> input = manifest.object("input");
    if (input.isEmpty()) {
      return Manifest.Input.EMPTY;
    }
    JsonObject<ModelLoadException> fields = input.get().allowOnly(INPUT_FIELDS);
    return new Manifest.Input(
        fields.integer("width", 1, PixelRequest.MAX_SIDE),
        fields.integer("height", 1, PixelRequest.MAX_SIDE),
        fields.choice("resize", FILTERS),
        aspect(fields),
        fields.choice("channelOrder", ORDERS),
        colour(fields, "background"),
        normalization(fields));
  }

  private static Optional<Aspect> aspect(JsonObject<ModelLoadException> input)
      throws ModelLoadException {
    Optional<Object> value = input.any("aspect");
    if (value.isEmpty() || value.get().equals(STRETCH)) {
      return value.map(stretch -> new Aspect.Stretch());
    }
    if (!(value.get() instanceof Map<?, ?> object) || object.size() != 1) {
      throw input.wrong(
          "aspect", "\"stretch\", {\"centerCrop\": fraction} or {\"letterbox\": \"#rrggbb\"}");
    }
    JsonObject<ModelLoadException> fields = input.requiredObject("aspect").allowOnly(ASPECT_FIELDS);
    Optional<Integer> bars = colour(fields, "letterbox");
    if (bars.isPresent()) {
      return Optional.of(new Aspect.Letterbox(bars.get()));
    }
    return fields
        .number(
            "centerCrop", fraction -> fraction > 0 && fraction <= 1, "a number above 0, at most 1")
        .map(Aspect.CenterCrop::new);
  }

  /** A colour as {@code #rrggbb}; the result is 0xRRGGBB. */
  private static Optional<Integer> colour(JsonObject<ModelLoadException> fields, String name)
      throws ModelLoadException {
    if (!fields.has(name)) {
      return Optional.empty();
    }
    if (fields.any(name).orElse(null) instanceof String text && text.matches("#[0-9a-fA-F]{6}")) {
      return Optional.of(Integer.parseInt(text.substring(1), 16));
    }
    throw fields.wrong(name, "a colour such as \"#808080\"");
  }

  /** Empty if none of the three fields is there; those that are missing change nothing. */
  private static Optional<Normalization> normalization(JsonObject<ModelLoadException> input)
      throws ModelLoadException {
    Optional<List<Double>> range = input.numbers("range", List.of(2));
    Optional<List<Double>> mean = input.numbers("mean", ONE_OR_THREE);
    Optional<List<Double>> std = input.numbers("std", ONE_OR_THREE);
    if (range.isEmpty() && mean.isEmpty() && std.isEmpty()) {
      return Optional.empty();
    }
    if (range.isPresent() && range.get().getFirst().equals(range.get().getLast())) {
      throw input.wrong("range", "two different numbers");
    }
    if (std.isPresent() && std.get().stream().anyMatch(value -> value <= 0)) {
      throw input.wrong("std", "numbers above 0");
    }
    return Optional.of(
        new Normalization(
            range.map(List::getFirst).orElse(0.0),
            range.map(List::getLast).orElse(255.0),
            mean.orElse(List.of(0.0)),
            std.orElse(List.of(1.0))));
  }

  private static Manifest.Output output(JsonObject<ModelLoadException> manifest)
      throws ModelLoadException {
    Optional<JsonObject<ModelLoadException>> output = manifest.object("output");
    if (output.isEmpty()) {
      return Manifest.Output.EMPTY;
    }
    JsonObject<ModelLoadException> fields = output.get().allowOnly(OUTPUT_FIELDS);
    return new Manifest.Output(
        fields.choice("type", OUTPUT_TYPES),
        fields
            .number("threshold", value -> value >= 0 && value <= 1, "a number from 0 to 1")
            .map(Double::floatValue));
  }
}
