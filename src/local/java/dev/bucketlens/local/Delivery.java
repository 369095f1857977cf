package dev.bucketlens.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lambda's SQS event source on one machine: takes batches from the queue, calls the function, and
 * acknowledges or hands back each message as the function's partial batch response says.
 */
final class Delivery implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Delivery.class.getName());
  private static final int BATCH_SIZE = 10;

  /** The template's time-out of the upload function. */
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final MessageQueue queue;
  private final RequestStreamHandler function;
  private final Chaos chaos;
  private final List<Thread> pollers = new ArrayList<>();

  private Delivery(MessageQueue queue, RequestStreamHandler function, Chaos chaos) {
    this.queue = queue;
    this.function = function;
    this.chaos = chaos;
  }

  /**
   * Begins to deliver.
   *
   * @param concurrency how many batches at once, as the event source's {@code MaximumConcurrency}
   */
  static Delivery start(
      MessageQueue queue, RequestStreamHandler function, Chaos chaos, int concurrency) {
    Delivery delivery = new Delivery(queue, function, chaos);
    for (int i = 0; i < concurrency; i++) {
      delivery.pollers.add(
          Thread.ofPlatform().name("delivery-" + i).daemon().start(delivery::poll));
    }
    return delivery;
  }

  private void poll() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        deliver(chaos.order(queue.receive(BATCH_SIZE)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "The queue's folder failed; deliveries stop", e);
    }
  }

  private void deliver(List<Message> batch) throws IOException {
    Set<String> failed = invoke(batch);
    for (Message message : batch) {
      if (!failed.contains(message.id())) {
        queue.acknowledge(message);
      } else if (queue.fail(message)) {
        LOG.log(Level.ERROR, "Dead letter after {0} tries: {1}", message.receives(), message.id());
      }
    }
  }

  /** Calls the function and returns the ids of the messages it did not finish. */
  private Set<String> invoke(List<Message> batch) {
    Set<String> failed = new HashSet<>();
    List<Message> delivered = new ArrayList<>();
    for (Message message : batch) {
      if (chaos.fails()) {
        failed.add(message.id());
      } else {
        delivered.add(message);
      }
    }
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      function.handleRequest(
          new ByteArrayInputStream(S3EventJson.sqsEvent(delivered)),
          answer,
          new LocalContext("upload", TIMEOUT));
      failed.addAll(failures(answer.toByteArray()));
    } catch (IOException | RuntimeException | Error e) {
      // An Error too: Lambda would report it and deliver again, so this machine must live on.
      LOG.log(Level.WARNING, "The function failed; its whole batch is delivered again", e);
      delivered.forEach(message -> failed.add(message.id()));
    }
    return failed;
  }

  private static Set<String> failures(byte[] answer) throws IOException {
    Set<String> ids = new HashSet<>();
    if (answer.length > 0
        && JSON.std.mapFrom(answer).get("batchItemFailures") instanceof List<?> list) {
      for (Object item : list) {
        ids.add(((Map<?, ?>) item).get("itemIdentifier").toString());
      }
    }
    return ids;
  }

  /** Stops taking messages; a batch being worked on is finished or delivered at the next start. */
  @Override
  public void close() {
    pollers.forEach(Thread::interrupt);
  }
}
