package dev.bucketlens.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The local SQS: a durable queue with redelivery and a dead-letter list. Each message is a file,
 * written before {@link #send} returns and removed when acknowledged, so that what was not done
 * when the program stopped is delivered at its next start.
 *
 * <p>Thread-safe. Message bodies stay on disk; only their names are held in memory.
 */
final class MessageQueue {

  /** After so many failed deliveries a message becomes a dead letter, as in the template. */
  static final int MAX_RECEIVES = 3;

  private static final long REDELIVERY_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Path waitingFolder;
  private final Path deadFolder;
  private final Sequence ids = new Sequence();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Waiting messages by id: the {@link System#nanoTime()} from which they may be delivered. */
  private final TreeMap<String, Long> waiting = new TreeMap<>();

  /** Deliveries of each message that is not acknowledged; in flight when not waiting. */
  private final Map<String, Integer> receives = new LinkedHashMap<>();

  private MessageQueue(Path folder) {
    this.waitingFolder = folder.resolve("waiting");
    this.deadFolder = folder.resolve("dead");
  }

  /** Opens the queue kept in {@code folder}; what waits there is delivered again. */
  static MessageQueue open(Path folder) throws IOException {
    MessageQueue queue = new MessageQueue(folder);
    Files.createDirectories(queue.waitingFolder);
    Files.createDirectories(queue.deadFolder);
    try (Stream<Path> files = Files.list(queue.waitingFolder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".part"))
          .forEach(queue::enlist);
    }
    return queue;
  }

  void send(String body) {
    String id = ids.next();
    Path part = waitingFolder.resolve(id + ".part");
    try {
      Files.writeString(part, body);
      Files.move(part, waitingFolder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The event was not queued in " + waitingFolder, e);
    }
    enlist(id);
  }

  /**
   * Waits for messages and takes up to {@code max} of those that are due, the oldest first.
   *
   * @throws InterruptedException if interrupted while nothing was due
   */
  List<Message> receive(int max) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<String> due = due(max);
      while (due.isEmpty()) {
        long _ = changed.awaitNanos(nanosToNextDue());
        due = due(max);
      }
      List<Message> messages = new ArrayList<>();
      for (String id : due) {
        waiting.remove(id);
        int count = receives.merge(id, 1, Integer::sum);
        messages.add(new Message(id, Files.readString(waitingFolder.resolve(id)), count));
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException("A queued event in " + waitingFolder + " is unreadable", e);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a delivered message: it is done. */
  void acknowledge(Message message) throws IOException {
    Files.delete(waitingFolder.resolve(message.id()));
    forget(message);
  }

  /**
   * Hands a delivered message back.
   *
   * @return true if it was its last try and it is a dead letter now
   */
  boolean fail(Message message) throws IOException {
    if (message.receives() >= MAX_RECEIVES) {
      Files.move(waitingFolder.resolve(message.id()), deadFolder.resolve(message.id()));
      forget(message);
      return true;
    }
    lock.lock();
    try {
      waiting.put(message.id(), System.nanoTime() + REDELIVERY_DELAY_NANOS);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return false;
  }

  /** The messages given up, oldest first. */
  List<Path> deadLetters() throws IOException {
    try (Stream<Path> files = Files.list(deadFolder)) {
      return files.sorted().toList();
    }
  }

  /** Waits until nothing waits and nothing is in flight. */
  void awaitEmpty() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!receives.isEmpty()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void enlist(String id) {
    lock.lock();
    try {
      waiting.put(id, System.nanoTime());
      receives.put(id, 0);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forget(Message message) {
    lock.lock();
    try {
      receives.remove(message.id());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<String> due(int max) {
    long now = System.nanoTime();
    return waiting.entrySet().stream()
        .filter(entry -> entry.getValue() - now <= 0)
        .limit(max)
        .map(Map.Entry::getKey)
        .toList();
  }

  private long nanosToNextDue() {
    long now = System.nanoTime();
    return waiting.values().stream().mapToLong(due -> due - now).min().orElse(FOREVER_NANOS);
  }
}
