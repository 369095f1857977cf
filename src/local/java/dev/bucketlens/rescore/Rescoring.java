package dev.bucketlens.rescore;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Status;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Walks the table and has everything looked up that is not of the bundle at work. An image that is
 * of it already costs the one read of the walk. What was stopped goes on where it was when it is
 * started again, because the items say what is done.
 */
public final class Rescoring {
  /** Images of one call: as many as the queue hands the function at once. */
  private static final int BATCH = 10;

  private static final int TRIES = 3;

  /** A call of ten photos takes about a second; twice as many calls keep the pace in any case. */
  private static final int PHOTOS_PER_CALLER = BATCH / 2;

  private static final int MOST_CALLERS = 200;

  /** Images between two lines of progress. */
  private static final int STEP = 500;

  private final ResultStore results;
  private final String hash;
  private final LookUps lookUps;
  private final Semaphore callers;
  private final Pace pace;
  private final PrintStream out;
  private final Report report = new Report();

  /**
   * Nothing begins yet.
   *
   * @param hash of the bundle at work, as {@code GET /model} tells it
   * @param rate photos a second at most
   * @param out takes lines of progress
   */
  public Rescoring(
      ResultStore results, String hash, UploadFunction function, double rate, PrintStream out) {
    this.results = results;
    this.hash = hash;
    this.lookUps = new LookUps(function);
    this.callers =
        new Semaphore(Math.clamp((long) Math.ceil(rate / PHOTOS_PER_CALLER), 1, MOST_CALLERS));
    this.pace = new Pace(rate);
    this.out = out;
  }

  /**
   * Reads a rate.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static double rate(String text) {
    if (!text.matches("\\d{1,6}(\\.\\d{1,3})?") || Double.parseDouble(text) == 0) {
      throw new IllegalArgumentException(
          "The rate is '" + text + "'; expected photos a second, such as 20.");
    }
    return Double.parseDouble(text);
  }

  /** Works until all is done or has failed. */
  public Report run() throws InterruptedException {
    long about = results.approximateCount();
    List<ImageResult> others = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Iterator<ImageResult> items = results.all().iterator();
      for (int walked = 1; items.hasNext(); walked++) {
        ImageResult item = items.next();
        if (item.isOfBundle(hash)) {
          report.addEarlier(item);
        } else if (item.status() != Status.DELETED) {
          others.add(item);
        }
        if (others.size() == BATCH || !items.hasNext()) {
          begin(threads, List.copyOf(others));
          others.clear();
        }
        if (walked % STEP == 0) {
          out.println(report.progress(about));
        }
      }
    }
    return report;
  }

  private void begin(ExecutorService threads, List<ImageResult> images)
      throws InterruptedException {
    callers.acquire();
    pace.await(images.size());
    threads.execute(() -> {
      try {
        rescore(images);
      } finally {
        callers.release();
      }
    });
  }

  private void rescore(List<ImageResult> images) {
    List<ImageResult> left = images;
    for (int tried = 1; !left.isEmpty(); tried++) {
      List<LookUps.Answer> answers = lookUps.ask(left);
      List<ImageResult> again = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).mayWorkNextTime() && tried < TRIES) {
          again.add(left.get(i));
        } else {
          note(left.get(i), answers.get(i));
        }
      }
      left = again;
    }
  }

  private void note(ImageResult before, LookUps.Answer answer) {
    if (answer.isFailure()) {
      report.addFailure(before, answer.text());
      return;
    }
    try {
      results
          .find(before.image())
          .filter(item -> item.isOfBundle(hash))
          .ifPresentOrElse(report::addNow, report::addLeft);
    } catch (SdkException e) {
      report.addFailure(before, "The item cannot be read: " + e.getMessage());
    }
  }
}
