package dev.bucketlens.testing;

import dev.bucketlens.Score;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.ingest.PhotoScorer;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Labels a file with its own text, so that a test sees which content a result is of. Text that
 * starts with "bad" is no image.
 */
public final class EchoScorer implements PhotoScorer {
  /** Larger files are not read, unless told otherwise. */
  public static final int MAX_BYTES = 100_000;

  private final String modelHash;
  private final long maxBytes;
  private final AtomicReference<Consumer<String>> before = new AtomicReference<>(_ -> {});

  private final AtomicReference<Runnable> after = new AtomicReference<>(() -> {});

  public EchoScorer(String modelHash) {
    this(modelHash, MAX_BYTES);
  }

  public EchoScorer(String modelHash, long maxBytes) {
    this.modelHash = modelHash;
    this.maxBytes = maxBytes;
  }

  /**
   * Runs {@code action} before each score, in the scorer's thread; what it throws is its failure.
   */
  public void before(Runnable action) {
    before(_ -> action.run());
  }

  /** Likewise, with the file's text. */
  public void before(Consumer<String> action) {
    before.set(action);
  }

  /** Runs {@code action} after each score that is reached, before it is told. */
  public void after(Runnable action) {
    after.set(action);
  }

  @Override
  public ModelRef model() {
    return new ModelRef("echo", modelHash);
  }

  @Override
  public long maxBytes() {
    return maxBytes;
  }

  @Override
  public Verdict.Classified score(byte[] file) throws ImageRejectedException {
    String text = new String(file, StandardCharsets.UTF_8);
    before.get().accept(text);
    if (text.startsWith("bad") || text.isEmpty()) {
      throw new ImageRejectedException(RejectionCode.NOT_AN_IMAGE);
    }
    Verdict.Classified verdict =
        new Verdict.Classified(
            List.of(new Score(text.substring(0, Math.min(text.length(), 100)), 0.9f)), 64, 48);
    after.get().run();
    return verdict;
  }
}
