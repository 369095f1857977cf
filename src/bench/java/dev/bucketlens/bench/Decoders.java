package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a JPEG to 224×224 pixels: warm processes that take turns, a few photos each time, so that a
 * busy machine meets them all. All resize by bilinear interpolation but djpeg, which only decodes
 * the large ones, at the eighth of their size that ours decodes at; its start is taken off its
 * time.
 */
final class Decoders {
  private static final String LARGE = "4000x3000";
  private static final String TINY = "8x8.jpg";
  private static final List<WarmPhoto> PHOTOS =
      List.of(
          new WarmPhoto("4000x3000.jpg", 4, 100),
          new WarmPhoto("4000x3000-progressive.jpg", 2, 20),
          new WarmPhoto("400x533.jpg", 20, 2000));

  private Decoders() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException {
    Map<String, Loop> loops = new LinkedHashMap<>();
    loops.put("here", Loop.ofJava(settings, DecodeLoop.class, Settings.C2, PhotoDecoder.REDUCED));
    loops.put(
        "imageio", Loop.ofJava(settings, DecodeLoop.class, Settings.C2, PhotoDecoder.IMAGE_IO));
    loops.put("pillow", Loop.ofPython(settings, "tuned", "pillow.decode", Map.of()));
    loops.put("djpeg", Loop.ofJava(settings, DjpegLoop.class, Settings.C2));
    try (Csv csv = Csv.create(settings.csv("decoders"), "photo,decoder,round,ms")) {
      for (WarmPhoto photo : PHOTOS) {
        for (String decoder : List.of("here", "imageio")) {
          loops.get(decoder).ask(settings.generated(photo.name()) + " " + photo.warmUp());
        }
        measure(settings, csv, photo, loops);
      }
    } finally {
      loops.values().forEach(Loop::close);
    }
  }

  private static void measure(Settings settings, Csv csv, WarmPhoto photo, Map<String, Loop> loops)
      throws IOException {
    String order = settings.generated(photo.name()) + " " + photo.count();
    String start = settings.generated(TINY) + " " + photo.count();
    for (int round = 0; round <= settings.rounds(); round++) {
      Map<String, Double> times = new LinkedHashMap<>();
      for (String decoder : List.of("here", "imageio", "pillow")) {
        times.put(decoder, loops.get(decoder).milliseconds(order));
      }
      if (photo.name().startsWith(LARGE)) {
        Loop djpeg = loops.get("djpeg");
        times.put("djpeg", djpeg.milliseconds(order) - djpeg.milliseconds(start));
      }
      if (round > 0) {
        for (Map.Entry<String, Double> time : times.entrySet()) {
          csv.row(photo.name(), time.getKey(), round, time.getValue());
        }
      }
    }
    System.out.printf("decoders, %s: done%n", photo.name());
  }
}
