package dev.bucketlens.bench;

import dev.bucketlens.bench.Turns.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What warm processes are asked in turns: scores, pixels, inferences, interpreters. */
final class LoopSections {

  private LoopSections() {}

  /** From bytes to ranked scores. */
  static void warmScores(Settings settings, Csv csv) throws Exception {
    for (String name : settings.models()) {
      Path model = Settings.model(name);
      Map<String, String> environment = Map.of("MODEL", model.toString());
      try (Loops loops = new Loops()) {
        loops.add("image", Loop.ofJava(Settings.imageFlags(), "classify", model));
        loops.add("c2", Loop.ofJava(Settings.C2, "classify", model));
        for (String way : List.of("course", "tuned")) {
          loops.add(way, Loop.ofPython(way, environment, way + ".classify"));
        }
        for (WarmPhoto photo : settings.warmed(WarmPhoto.SCORED)) {
          loops.warm(photo, List.of("image", "c2"));
          new Turns(csv, settings.rounds())
              .take(photo.name() + " " + name, loops.on(photo, loops.names()));
        }
      }
    }
  }

  /**
   * From a photo to 224×224 pixels, all by bilinear interpolation but {@code djpeg}, which only
   * decodes, at the eighth of the size that ours decodes at; its start is taken off its time.
   */
  static void decoders(Settings settings, Csv csv) throws Exception {
    try (Loops loops = new Loops()) {
      loops.add("image", Loop.ofJava(Settings.imageFlags(), "decode", PhotoDecoder.REDUCED));
      loops.add("c2", Loop.ofJava(Settings.C2, "decode", PhotoDecoder.REDUCED));
      loops.add("full", Loop.ofJava(Settings.imageFlags(), "decode", PhotoDecoder.FULL));
      loops.add("imageio", Loop.ofJava(Settings.C2, "decode", PhotoDecoder.IMAGE_IO));
      loops.add("pillow", Loop.ofPython("tuned", Map.of(), "pillow.decode"));
      loops.add("draft", Loop.ofPython("tuned", Map.of(), "pillow.draft"));
      boolean hasDjpeg =
          Stream.of(System.getenv("PATH").split(":", -1))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, "djpeg")));
      loops.add("djpeg", Loop.ofJava(Settings.C2, "djpeg"));
      for (WarmPhoto photo : settings.warmed(WarmPhoto.DECODED)) {
        loops.warm(photo, List.of("image", "c2", "full"));
        Map<String, Contender> contenders =
            loops.on(photo, List.of("image", "c2", "full", "pillow"));
        if (!photo.name().endsWith(".webp")) {
          loops.warm(photo, List.of("imageio"));
          contenders.putAll(loops.on(photo, List.of("imageio")));
        }
        if (photo.name().endsWith(".jpg")) {
          contenders.putAll(loops.on(photo, List.of("draft")));
          if (hasDjpeg && photo.isLarge()) {
            contenders.put("djpeg", () -> new double[] {djpeg(loops, photo)});
          }
        }
        new Turns(csv, settings.rounds()).take(photo.name(), contenders);
      }
    }
  }

  private static double djpeg(Loops loops, WarmPhoto photo) throws IOException {
    Loop djpeg = loops.get("djpeg");
    return djpeg.milliseconds(photo.order())
        - djpeg.milliseconds(Settings.generated("8x8.jpg") + " " + photo.count());
  }

  /**
   * One inference: values in, run, scores out. Short loops follow each other, and all processes are
   * started anew some times ({@code starts}), because where one got its memory is worth some
   * percent, too.
   */
  static void inference(Settings settings, Csv csv) throws Exception {
    for (String model : settings.models()) {
      for (String threads : settings.list("threads", "1,2")) {
        for (int start = 0; start < settings.number("starts", 1); start++) {
          try (Loops loops = inferenceLoops(Settings.model(model), threads)) {
            new Turns(csv, settings.rounds()).take(model + " " + threads, loops.ask("run 10"));
          }
        }
      }
    }
  }

  /** Making an interpreter of a model's file, in processes that did so before. */
  static void making(Settings settings, Csv csv) throws Exception {
    for (String model : settings.models()) {
      try (Loops loops = inferenceLoops(Settings.model(model), "1")) {
        new Turns(csv, settings.rounds()).take(model, loops.ask("make 5"));
      }
    }
  }

  private static Loops inferenceLoops(Path model, String threads) throws Exception {
    Loops loops = new Loops();
    loops.add("java", Loop.ofJava(Settings.imageFlags(), "infer", model, threads));
    if (Files.exists(Loop.INVOKE)) {
      loops.add("c", Loop.ofC(model, threads, "1", "-"));
      loops.get("c").read();
    }
    Map<String, String> environment = Map.of("MODEL", model.toString(), "THREADS", threads);
    loops.add("litert", Loop.ofPython("tuned", environment, "litert.work"));
    for (Contender contender : loops.ask("run 50").values()) {
      contender.measure();
    }
    return loops;
  }

  /** LiteRT itself, in C: what threads, more interpreters and XNNPACK's weight cache bring. */
  static void interpreters(Settings settings, Csv csv) throws Exception {
    for (String model : settings.models()) {
      Path cache = Settings.scratch("weights-" + model);
      Map<String, Contender> contenders = new LinkedHashMap<>();
      for (String setup : List.of("1 1 -", "1 1 file", "1 2 -", "2 1 -", "2 1 file", "2 2 -")) {
        String[] parts = setup.split(" ", -1);
        String file = parts[2].equals("-") ? "-" : cache.toString();
        contenders.put(
            setup,
            () -> {
              try (Loop loop = Loop.ofC(Settings.model(model), parts[1], parts[0], file)) {
                String[] made = loop.read().split(" ", -1);
                loop.ask("run 5");
                String[] runs = loop.ask("run 20").split(" ", -1);
                return new double[] {
                  Double.parseDouble(made[0]),
                  Double.parseDouble(made[1]),
                  Double.parseDouble(runs[0]) / 1e3,
                  Double.parseDouble(runs[1])
                };
              }
            });
      }
      new Turns(csv, settings.rounds()).take(model, contenders);
      Files.deleteIfExists(cache);
    }
  }
}
