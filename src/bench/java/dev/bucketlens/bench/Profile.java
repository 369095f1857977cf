package dev.bucketlens.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the processor's time of warm events goes on the image's flags, as collapsed stacks: of
 * single 400×533 photos ({@code target/bench/event.stacks}), and of batches of ten 12 MP ones
 * ({@code batch.stacks}). By a profiler's timer, which needs no permission from the system. {@code
 * seconds} says how long each.
 */
final class Profile {

  private Profile() {}

  static void run(Settings settings, Csv csv) throws IOException, InterruptedException {
    int seconds = settings.number("seconds", 2);
    Path profiler = Settings.scratch("libasyncProfiler.so");
    try (InputStream library =
        Profile.class.getResourceAsStream("/linux-x64/libasyncProfiler.so")) {
      Files.copy(library, profiler, StandardCopyOption.REPLACE_EXISTING);
    }
    try (Backend backend = Backend.start("http")) {
      Deployment deployment = new Deployment(backend, Settings.model("efficientnet-lite0"));
      profile(deployment, agent(profiler, "event", seconds), "400x533.jpg", 1, seconds);
      profile(deployment, agent(profiler, "batch", seconds), "4000x3000.jpg", 10, seconds);
    }
  }

  /** Writes every so many seconds those that passed, so that the start is not in the last file. */
  private static String agent(Path profiler, String name, int seconds) {
    return "-agentpath:%s=start,event=itimer,interval=1ms,cstack=vm,simple,collapsed,loop=%ds,file=%s"
        .formatted(profiler, seconds, Settings.scratch(name + ".stacks"));
  }

  private static void profile(
      Deployment deployment, String agent, String photo, int size, int seconds)
      throws IOException, InterruptedException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      keys.add(deployment.backend().put(i + "-" + photo, Settings.generated(photo)));
    }
    Variant image = Settings.variant("image");
    List<String> command = new ArrayList<>(image.command(image.upload()));
    command.add(1, agent);
    try (FunctionProcess function = deployment.start(image, command)) {
      long end = System.nanoTime() + seconds * 2_300_000_000L;
      while (System.nanoTime() < end) {
        deployment.upload(function, keys);
      }
    }
  }
}
