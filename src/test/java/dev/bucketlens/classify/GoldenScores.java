package dev.bucketlens.classify;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.image.RgbImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the Python pipeline makes of one photo with one model; {@code golden/README.md} tells how
 * the files are laid out.
 *
 * @param photo the file
 * @param pixels what Python's decoder and resize make of it
 * @param scores what Python's interpreter makes of those, in the order of the labels
 */
record GoldenScores(String model, Path photo, RgbImage pixels, List<Float> scores) {

  /** Returns all that there are of one model. */
  static List<GoldenScores> of(String model) throws IOException {
    List<GoldenScores> found = new ArrayList<>();
    Map<String, Object> index = JSON.std.mapFrom(Files.readString(folder().resolve("index.json")));
    for (Map<?, ?> photo : objects(index.get("photos"))) {
      for (Map<?, ?> scored : objects(photo.get("scores"))) {
        if (scored.get("model").equals(model)) {
          found.add(read(photo, scored));
        }
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return model + " on " + photo.getFileName();
  }

  private static GoldenScores read(Map<?, ?> photo, Map<?, ?> scored) throws IOException {
    Map<?, ?> pixels = (Map<?, ?>) scored.get("pixels");
    Map<?, ?> input = (Map<?, ?>) pixels.get("input");
    return new GoldenScores(
        (String) scored.get("model"),
        file(photo),
        new RgbImage(
            (Integer) input.get("width"),
            (Integer) input.get("height"),
            Files.readAllBytes(file(pixels))),
        floats(Files.readAllBytes(file(scored))));
  }

  private static List<Float> floats(byte[] littleEndian) {
    ByteBuffer bytes = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
    List<Float> floats = new ArrayList<>();
    while (bytes.hasRemaining()) {
      floats.add(bytes.getFloat());
    }
    return floats;
  }

  private static List<Map<?, ?>> objects(Object list) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (list instanceof List<?> entries) {
      entries.forEach(entry -> objects.add((Map<?, ?>) entry));
    }
    return objects;
  }

  private static Path file(Map<?, ?> entry) {
    return folder().resolve((String) entry.get("file"));
  }

  private static Path folder() {
    try {
      return Path.of(GoldenScores.class.getResource("/golden/index.json").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
