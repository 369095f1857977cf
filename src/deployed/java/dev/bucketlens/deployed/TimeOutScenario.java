package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A function that is killed at its time-out loses nothing, and leaves no half of an item. */
@ExtendWith(Deployed.class)
final class TimeOutScenario {
  private static final String TIME_OUT = "Timeout: 60";

  /** Of processor time: so much into a photo that takes several times that. */
  private static final Duration WITHIN = Duration.ofMillis(100);

  private final Cloud cloud;

  TimeOutScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void photo_shouldBeScoredLater_whenItsFunctionIsKilledWithinIt() throws IOException {
    assertThat(cloud.packaged()).contains(TIME_OUT);
    String impatient = cloud.packaged().replace(TIME_OUT, "Timeout: 10");
    Stack stack = cloud.stack("slow").create(impatient, Map.of("MemorySize", "884"));
    String queue = stack.physical("UploadQueue");
    cloud
        .aws()
        .sqs()
        .setQueueAttributes(
            r -> r.queueUrl(queue).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "12")));
    Photos photos = new Photos(stack);
    photos.put("first.jpg", "kitten.jpg");
    photos.awaitLabel("first.jpg");
    ProcessHandle function =
        cloud.emulator().processes(stack.physical("UploadFunction")).findFirst().orElseThrow();
    Duration before = processorTime(function);

    photos.put("large.png", LargePhoto.in("png"));
    await(function, it -> processorTime(it).minus(before).compareTo(WITHIN) > 0);
    Command.run(Map.of(), List.of("kill", "-STOP", String.valueOf(function.pid())));

    await(function, it -> it.info().commandLine().isEmpty());
    assertThat(photos.item("large.png")).isEmpty();
    assertThat(photos.await("large.png", it -> it.containsKey("status")).get("status").s())
        .isEqualTo("CLASSIFIED");
  }

  private static Duration processorTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void await(ProcessHandle process, Predicate<ProcessHandle> expected) {
    new FluentWait<>(process)
        .withTimeout(Duration.ofSeconds(30))
        .pollingEvery(Duration.ofMillis(5))
        .withMessage("The function neither works nor ends")
        .until(it -> expected.test(it));
  }
}
