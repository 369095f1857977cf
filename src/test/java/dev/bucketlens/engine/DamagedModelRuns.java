package dev.bucketlens.engine;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Opens damaged models and runs those that pass, each number in turn, in a process that may die of
 * one. What was reached stands in a mapped file, which outlives the process.
 */
final class DamagedModelRuns {

  /** Of one model, after which the process is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int STUCK = 3;

  /** No input of a classifier is larger; an open or damaged shape may ask for anything. */
  private static final long MAX_ELEMENTS = 1 << 22;

  private final LiteRt library = LiteRt.load();
  private final Path file;
  private final Progress progress;

  private DamagedModelRuns(Path file, Progress progress) {
    this.file = file;
    this.progress = progress;
  }

  /** What the processes have reached, in a file of four numbers. */
  record Progress(MappedByteBuffer numbers) {

    enum Count {
      STARTED(0),
      REFUSED(8),
      REFUSED_BY_LITERT(16),
      RUN(24);

      private final int offset;

      Count(int offset) {
        this.offset = offset;
      }
    }

    static Progress in(Path folder) throws IOException {
      Path file = folder.resolve("progress");
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return new Progress(
            channel.map(MapMode.READ_WRITE, 0, (long) Count.values().length * Long.BYTES));
      }
    }

    long get(Count count) {
      return numbers.getLong(count.offset);
    }

    void add(Count count) {
      numbers.putLong(count.offset, get(count) + 1);
    }
  }

  /**
   * Runs damaged models from where the last process ended.
   *
   * @param arguments the number to end at, a folder to work in, and the whole models
   */
  public static void main(String[] arguments) throws Exception {
    long end = Long.parseLong(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Progress progress = Progress.in(folder);
    DamagedModels models =
        DamagedModels.of(Arrays.stream(arguments).skip(2).map(Path::of).toList());
    DamagedModelRuns runs = new DamagedModelRuns(folder.resolve("damaged.tflite"), progress);
    Thread work = Thread.currentThread();
    Thread.ofPlatform().daemon().start(() -> giveUpWhenStuck(work, progress));
    while (progress.get(Progress.Count.STARTED) < end) {
      long number = progress.get(Progress.Count.STARTED);
      progress.add(Progress.Count.STARTED);
      runs.run(models.file(number), number);
    }
  }

  private void run(byte[] bytes, long number) throws IOException {
    Files.write(file, bytes);
    try (Model model = Model.open(library, file)) {
      progress.add(attempt(model, number));
    } catch (ModelLoadException e) {
      boolean ours = !e.getMessage().contains("LiteRT cannot use it");
      progress.add(ours ? Progress.Count.REFUSED : Progress.Count.REFUSED_BY_LITERT);
    } catch (LiteRtException e) {
      progress.add(Progress.Count.REFUSED_BY_LITERT);
    }
  }

  private Progress.Count attempt(Model model, long number) throws ModelLoadException {
    boolean usable =
        Stream.of(model.inputs(), model.outputs())
            .allMatch(tensors ->
                tensors.size() == 1
                    && tensors.getFirst().type().isSupported()
                    && tensors.getFirst().shape().stream().allMatch(length -> length < 4096)
                    && tensors.getFirst().elements() <= MAX_ELEMENTS);
    if (!usable) {
      return Progress.Count.REFUSED;
    }
    List<Integer> shape = new ArrayList<>(model.inputs().getFirst().shape());
    shape.replaceAll(length -> length < 0 ? 1 : length);
    try (Interpreter interpreter =
        Interpreter.create(model, InterpreterSettings.onThreads(1), shape)) {
      byte[] levels = new byte[(int) interpreter.input().elements()];
      new Random(number).nextBytes(levels);
      if (interpreter.input().type() == TensorType.FLOAT32) {
        float[] reals = new float[levels.length];
        for (int i = 0; i < reals.length; i++) {
          reals[i] = levels[i] / 128f;
        }
        interpreter.run(reals);
      } else {
        interpreter.run(levels);
      }
      return Progress.Count.RUN;
    }
  }

  /** Ends the process if the work goes on and on with one model. */
  private static void giveUpWhenStuck(Thread work, Progress progress) {
    long seen = -1;
    while (progress.get(Progress.Count.STARTED) != seen) {
      seen = progress.get(Progress.Count.STARTED);
      try {
        if (work.join(PATIENCE)) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
    Runtime.getRuntime().halt(STUCK);
  }
}
