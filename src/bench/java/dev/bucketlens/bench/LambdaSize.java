package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds a process to what Lambda gives for a memory size: so much memory, and a share of the
 * processors that is a whole one at 1,769 MB. By control groups of the kernel, version 1, which
 * only root may make.
 */
final class LambdaSize implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** Megabytes for which Lambda gives one whole processor. */
  private static final int WHOLE_PROCESSOR = 1769;

  /** Microseconds: how often the share of the processor is counted anew. */
  private static final int PERIOD = 20_000;

  private final Path memory;
  private final Path processor;

  private LambdaSize(Path memory, Path processor) {
    this.memory = memory;
    this.processor = processor;
  }

  /** Whether this system lets us make control groups. */
  static boolean canBeHeld() {
    return Stream.of("memory", "cpu").map(ROOT::resolve).allMatch(Files::isWritable);
  }

  static LambdaSize of(int megabytes) throws IOException {
    String name = "bucketlens-" + ProcessHandle.current().pid() + "-" + megabytes;
    LambdaSize size =
        new LambdaSize(
            Files.createDirectory(ROOT.resolve("memory").resolve(name)),
            Files.createDirectory(ROOT.resolve("cpu").resolve(name)));
    write(size.memory.resolve("memory.limit_in_bytes"), (long) megabytes << 20);
    write(size.processor.resolve("cpu.cfs_period_us"), PERIOD);
    write(size.processor.resolve("cpu.cfs_quota_us"), (long) PERIOD * megabytes / WHOLE_PROCESSOR);
    return size;
  }

  private static void write(Path file, long value) throws IOException {
    Files.writeString(file, Long.toString(value));
  }

  /** The command line that starts {@code command} inside. */
  List<String> holding(List<String> command) {
    String enter =
        "echo $$ > %s/cgroup.procs; echo $$ > %s/cgroup.procs; exec \"$@\""
            .formatted(memory, processor);
    return Stream.concat(Stream.of("sh", "-c", enter, "sh"), command.stream()).toList();
  }

  /** Removes the groups, once the process inside has ended. */
  @Override
  public void close() throws IOException {
    Files.delete(memory);
    Files.delete(processor);
  }
}
