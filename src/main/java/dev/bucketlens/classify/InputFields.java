package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import dev.bucketlens.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the field {@code input} of a manifest. */
final class InputFields {

  private static final List<String> FIELDS =
      List.of(
          "width",
          "height",
          "layout",
          "resize",
          "aspect",
          "channelOrder",
          "background",
          "raw",
          "range",
          "mean",
          "std");
  private static final List<String> ASPECT_FIELDS = List.of("centerCrop", "letterbox");

  private static final Map<String, ResizeFilter> FILTERS =
      Map.of(
          "nearest", ResizeFilter.NEAREST,
          "bilinear", ResizeFilter.BILINEAR,
          "bicubic", ResizeFilter.BICUBIC,
          "area", ResizeFilter.AREA,
          "lanczos3", ResizeFilter.LANCZOS3,
          "tf-bilinear", ResizeFilter.TF_BILINEAR);
  private static final Map<String, ChannelOrder> ORDERS =
      Map.of("rgb", ChannelOrder.RGB, "bgr", ChannelOrder.BGR);
  private static final Map<String, ChannelPlace> LAYOUTS =
      Map.of("nhwc", ChannelPlace.NHWC, "nchw", ChannelPlace.NCHW);
  private static final String STRETCH = "stretch";
  private static final List<String> NORMALIZATION = List.of("range", "mean", "std");
  private static final List<Integer> ONE_OR_THREE = List.of(1, 3);

  private final JsonObject<ModelLoadException> input;
  private final Faults faults;

  private InputFields(JsonObject<ModelLoadException> input, Faults faults) {
    this.input = input;
    this.faults = faults;
  }

  /**
   * Reads the field; what it leaves out is said by nobody here.
   *
   * @param faults takes notes of the fields within that are wrong
   * @throws ModelLoadException if it is no object
   */
  static Manifest.Input read(JsonObject<ModelLoadException> manifest, Faults faults)
      throws ModelLoadException {
    Optional<JsonObject<ModelLoadException>> input = manifest.object("input");
    return input.isEmpty() ? Manifest.Input.EMPTY : new InputFields(input.get(), faults).read();
  }

  private Manifest.Input read() {
    faults.note(input.unknown(FIELDS));
    return new Manifest.Input(
        said(() -> input.integer("width", 1, PixelRequest.MAX_SIDE)),
        said(() -> input.integer("height", 1, PixelRequest.MAX_SIDE)),
        said(() -> input.choice("layout", LAYOUTS)),
        said(() -> input.choice("resize", FILTERS)),
        said(this::aspect),
        said(() -> input.choice("channelOrder", ORDERS)),
        said(() -> colour(input, "background")),
        faults.orNote(false, this::raw),
        normalization());
  }

  /** Returns what a field says; nothing where it is wrong, of which a note is taken. */
  private <T> Optional<T> said(Faults.Reading<Optional<T>> field) {
    return faults.orNote(Optional.empty(), field);
  }

  private boolean raw() throws ModelLoadException {
    boolean raw = input.flag("raw").orElse(false);
    if (raw && NORMALIZATION.stream().anyMatch(input::has)) {
      throw input.wrong("raw", "either true or range, mean and std, which say something else");
    }
    return raw;
  }

  private Optional<Aspect> aspect() throws ModelLoadException {
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
  private Optional<Normalization> normalization() {
    Optional<List<Double>> range = said(this::range);
    Optional<List<Double>> mean = said(() -> input.numbers("mean", ONE_OR_THREE));
    Optional<List<Double>> std = said(this::std);
    if (range.isEmpty() && mean.isEmpty() && std.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Normalization(
            range.map(List::getFirst).orElse(0.0),
            range.map(List::getLast).orElse(255.0),
            mean.orElse(List.of(0.0)),
            std.orElse(List.of(1.0))));
  }

  private Optional<List<Double>> range() throws ModelLoadException {
    Optional<List<Double>> range = input.numbers("range", List.of(2));
    if (range.isPresent() && range.get().getFirst().equals(range.get().getLast())) {
      throw input.wrong("range", "two different numbers");
    }
    return range;
  }

  private Optional<List<Double>> std() throws ModelLoadException {
    Optional<List<Double>> std = input.numbers("std", ONE_OR_THREE);
    if (std.isPresent() && std.get().stream().anyMatch(value -> value <= 0)) {
      throw input.wrong("std", "numbers above 0");
    }
    return std;
  }
}
