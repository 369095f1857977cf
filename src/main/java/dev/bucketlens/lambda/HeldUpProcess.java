package dev.bucketlens.lambda;

import dev.bucketlens.ingest.BatchIngest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Ends a process whose threads are still scoring a photo that was handed back for want of time:
 * native code cannot be interrupted, and the next invocation would find no thread for its photos.
 * The caller is answered first; then Lambda starts a new process. If that sleeps before it has
 * ended, it ends when it is woken: the invocation that wakes it fails and is delivered again.
 */
final class HeldUpProcess {
  private static final Logger LOG = System.getLogger(HeldUpProcess.class.getName());

  /** The exit status. */
  static final int HELD_UP = 75;

  /** Longer than the runtime takes to send an answer, and too short to be missed. */
  private static final Duration GRACE = Duration.ofMillis(100);

  private HeldUpProcess() {}

  /** Ends this process soon, if {@code ingest} is still at work then. Returns at once. */
  static void endSoonIf(BatchIngest ingest) {
    if (ingest.isHeldUp()) {
      Thread.ofPlatform().daemon().name("held-up").start(() -> endIf(ingest));
    }
  }

  private static void endIf(BatchIngest ingest) {
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException _) {
      return; // nobody interrupts it but the end of the process
    }
    if (ingest.isHeldUp()) {
      LOG.log(
          Level.WARNING,
          "A photo is still being scored although its time is over: this process ends, for the"
              + " next one to have all its threads.");
      Runtime.getRuntime().halt(HELD_UP);
    }
  }
}
