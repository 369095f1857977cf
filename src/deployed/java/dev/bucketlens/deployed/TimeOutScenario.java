package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.FluentWait;

/** A function that is killed at its time-out loses nothing, and leaves no half of an item. */
@ExtendWith(Deployed.class)
final class TimeOutScenario {
  private static final String TIME_OUT = "Timeout: 60";

  /** Of processor time: so much into a photo that takes several times that. */
  private static final Duration WITHIN = Duration.ofMillis(100);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Cloud cloud;

  TimeOutScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void photo_shouldBeScoredLater_whenItsFunctionIsKilledWithinIt() throws IOException {
    assertThat(cloud.packaged()).contains(TIME_OUT);
    String impatient = cloud.packaged().replace(TIME_OUT, "Timeout: 10");
    Stack stack = cloud.stack("slow").create(impatient, Map.of("MemorySize", "884"));
    Queue queue = new Queue(cloud.aws().sqs(), stack.physical("UploadQueue"));
    queue.comeAgainAfter(Duration.ofSeconds(12));
    byte[] large = LargePhoto.in("png");
    Photos photos = new Photos(stack);
    photos.put("first.jpg", "kitten.jpg");
    photos.awaitLabel("first.jpg");
    queue.awaitEmpty();
    Map<ProcessHandle, Duration> idle =
        cloud
            .emulator()
            .processes(stack.physical("UploadFunction"))
            .collect(Collectors.toMap(it -> it, TimeOutScenario::processorTime));

    photos.put("large.png", large);
    ProcessHandle function = awaitWorking(idle);
    Command.run(Map.of(), List.of("kill", "-STOP", String.valueOf(function.pid())));

    awaitEnd(function);
    assertThat(photos.item("large.png")).isEmpty();
    assertThat(photos.await("large.png", it -> it.containsKey("status")).get("status").s())
        .isEqualTo("CLASSIFIED");
  }

  private static Duration processorTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The one that works by now. */
  private static ProcessHandle awaitWorking(Map<ProcessHandle, Duration> idle) {
    return new FluentWait<>(idle)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(5))
        .withMessage("No function works")
        .until(all ->
            all.keySet().stream()
                .filter(it -> processorTime(it).minus(all.get(it)).compareTo(WITHIN) > 0)
                .findFirst()
                .orElse(null));
  }

  private static void awaitEnd(ProcessHandle process) {
    new FluentWait<>(process)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(50))
        .withMessage("The function does not end")
        .until(it -> it.info().commandLine().isEmpty());
  }
}
