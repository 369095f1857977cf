package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A function's process lives as on Lambda, as far as this system's kernel lets it. */
@ExtendWith(Deployed.class)
final class ProcessScenario {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private final Cloud cloud;

  ProcessScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void function_shouldSeeAClosedRoom() throws IOException {
    Path process = function();
    if (cloud.emulator().says("does not let us hold the file system")) {
      assertThat(Files.readString(process.resolve("cmdline"))).contains("AWSLambda");
      return;
    }

    assertThat(Files.readString(process.resolve("status")))
        .contains("Uid:\t993\t", "CapEff:\t0000000000000000", "NoNewPrivs:\t1");
    assertThat(mountOf(process, "/")).contains(" ro,");
    assertThat(mountOf(process, "/tmp")).contains(" rw,");
    assertThat(process.resolve("root/dev/shm")).doesNotExist();
    assertThat(process.resolve("root/sys/devices/system/cpu")).isEmptyDirectory();
  }

  @Test
  void function_shouldHaveTheMemoryAndTheProcessorOfItsSize() throws IOException {
    Path process = function();
    if (cloud.emulator().says("does not let us hold memory and processor")) {
      assertThat(Files.readString(process.resolve("cmdline"))).contains("AWSLambda");
      return;
    }
    String name = "bucketlens-" + process.getFileName();

    assertThat(limit(List.of(name + "/memory.max", "memory/" + name + "/memory.limit_in_bytes")))
        .isEqualTo(String.valueOf(1769L << 20));
    assertThat(limit(List.of(name + "/cpu.max", "cpu/" + name + "/cpu.cfs_quota_us")))
        .startsWith("20000");
    assertThat(Files.readString(process.resolve("cmdline"))).contains("-Xmx1503m");
  }

  /** The folder in {@code /proc} of a function that has just answered. */
  private Path function() {
    assertThat(new HttpApi(cloud.stack()).get("/model").statusCode()).isEqualTo(200);
    long id =
        cloud
            .emulator()
            .processes(cloud.stack().physical("ApiFunction"))
            .findFirst()
            .orElseThrow()
            .pid();
    return Path.of("/proc", String.valueOf(id));
  }

  private static String mountOf(Path process, String point) throws IOException {
    return Files.readAllLines(process.resolve("mounts")).stream()
        .filter(it -> it.split(" ", -1)[1].equals(point))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static String limit(List<String> files) throws IOException {
    for (String file : files) {
      if (Files.exists(GROUPS.resolve(file))) {
        return Files.readString(GROUPS.resolve(file)).strip();
      }
    }
    throw new AssertionError("There is no control group of " + files);
  }
}
