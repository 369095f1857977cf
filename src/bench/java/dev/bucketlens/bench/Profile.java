package dev.bucketlens.bench;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
      profile(deployment, profiler, "event", List.of("400x533.jpg"), seconds);
      profile(deployment, profiler, "batch", Collections.nCopies(10, "4000x3000.jpg"), seconds);
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IOException("The profiler could not be loaded into the function: " + e, e);
    }
  }

  private static void profile(
      Deployment deployment, Path profiler, String name, List<String> photos, int seconds)
      throws IOException,
          InterruptedException,
          AttachNotSupportedException,
          AgentLoadException,
          AgentInitializationException {
    List<String> keys = new ArrayList<>();
    for (String photo : photos) {
      keys.add(deployment.backend().put(keys.size() + "-" + photo, Settings.generated(photo)));
    }
    try (FunctionProcess function = deployment.startUpload(Settings.variant("image"))) {
      storeFor(seconds, deployment, function, keys);
      VirtualMachine machine = VirtualMachine.attach(Long.toString(function.pid()));
      machine.loadAgentPath(profiler.toString(), "start,event=itimer,interval=1ms,cstack=vm");
      storeFor(seconds, deployment, function, keys);
      machine.loadAgentPath(
          profiler.toString(), "stop,collapsed,file=" + Settings.scratch(name + ".stacks"));
      machine.detach();
    }
  }

  private static void storeFor(
      int seconds, Deployment deployment, FunctionProcess function, List<String> keys)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      deployment.upload(function, keys);
    }
  }
}
