package dev.bucketlens.lambda;

import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Lambda SnapStart: a function starts from a snapshot of its memory. Before the snapshot is taken,
 * everything is done once that a first event would otherwise wait for.
 *
 * <p>After a restore there is nothing to do, because nothing was left that could be stale:
 *
 * <ul>
 *   <li>Connections: the calls before the snapshot close theirs.
 *   <li>Credentials: those calls are made by clients of their own. The clients that serve events
 *       have not asked for credentials yet, and do so after the restore.
 *   <li>Randomness: {@link java.security.SecureRandom}, the only source used, mixes the kernel's
 *       random numbers in at each call, and Lambda re-seeds the kernel.
 * </ul>
 */
final class Snapshot implements Resource {
  private final Task before;

  /** What a function does once before the snapshot. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private Snapshot(Task before) {
    this.before = before;
  }

  /** Whether this process will be a snapshot. */
  static boolean isTaken(Map<String, String> environment) {
    return "snap-start"
        .equals(new Environment(environment).text(Setting.AWS_LAMBDA_INITIALIZATION_TYPE));
  }

  /**
   * Has {@code task} done before the snapshot, if one is taken. Its failure fails the publication
   * of the version, with the reason in the log.
   *
   * @return the registered resource, to be kept: the runtime only holds weak references
   */
  static Snapshot register(Map<String, String> environment, Task task) {
    Snapshot snapshot = new Snapshot(task);
    if (isTaken(environment)) {
      Core.getGlobalContext().register(snapshot);
    }
    return snapshot;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
    before.run();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // See above: what could be stale was not kept.
  }
}
