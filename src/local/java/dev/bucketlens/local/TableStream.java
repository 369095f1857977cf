package dev.bucketlens.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Lambda's event source for DynamoDB streams on one machine: reads the table's stream, calls the
 * function with what the template's filter lets through, and goes on where the function says.
 */
final class TableStream implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TableStream.class.getName());

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int BATCH_SIZE = 100;

  /** After so many failed calls a record is given up; the template gives it an hour. */
  private static final int MAX_TRIES = 5;

  private final DynamoDbStreamsClient client;
  private final String stream;
  private final RequestStreamHandler function;
  private final Path deadLetters;
  private final Thread reader;

  /** Where reading goes on in each shard. */
  private final Map<String, String> iterators = new HashMap<>();

  private String failing = "";
  private int tries;

  private TableStream(
      DynamoDbStreamsClient client,
      String stream,
      RequestStreamHandler function,
      Path deadLetters) {
    this.client = client;
    this.stream = stream;
    this.function = function;
    this.deadLetters = deadLetters;
    this.reader = Thread.ofPlatform().name("stream").daemon().unstarted(this::readAll);
  }

  /**
   * Begins to read at what comes from now on.
   *
   * @param client is the caller's to close, after the stream
   * @param stream its ARN
   * @param deadLetters takes a line for each record that is given up
   */
  static TableStream start(
      DynamoDbStreamsClient client,
      String stream,
      RequestStreamHandler function,
      Path deadLetters) {
    TableStream table = new TableStream(client, stream, function, deadLetters);
    for (Shard shard : table.shards()) {
      table.iterators.put(shard.shardId(), table.iterator(shard, ShardIteratorType.LATEST, null));
    }
    table.reader.start();
    return table;
  }

  private List<Shard> shards() {
    return client.describeStream(r -> r.streamArn(stream)).streamDescription().shards();
  }

  private String iterator(Shard shard, ShardIteratorType type, String sequenceNumber) {
    return client
        .getShardIterator(r ->
            r.streamArn(stream)
                .shardId(shard.shardId())
                .shardIteratorType(type)
                .sequenceNumber(sequenceNumber))
        .shardIterator();
  }

  private void readAll() {
    try {
      while (true) {
        for (Shard shard : shards()) {
          iterators.computeIfAbsent(
              shard.shardId(), it -> iterator(shard, ShardIteratorType.TRIM_HORIZON, null));
          read(shard);
        }
        // Twice as long after each try that failed.
        Thread.sleep(PAUSE.multipliedBy(1L << tries));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | SdkException e) {
      if (!reader.isInterrupted()) {
        LOG.log(Level.ERROR, "The table's stream failed; no more events are told", e);
      }
    }
  }

  /** Reads on in a shard that is not at its end. */
  private void read(Shard shard) throws IOException {
    String from = iterators.get(shard.shardId());
    if (!from.isEmpty()) {
      GetRecordsResponse page = client.getRecords(r -> r.shardIterator(from).limit(BATCH_SIZE));
      String next = page.nextShardIterator() == null ? "" : page.nextShardIterator();
      Optional<String> failed = invoke(page.records());
      if (failed.isEmpty() && !page.records().isEmpty()) {
        tries = 0;
      }
      iterators.put(shard.shardId(), failed.isEmpty() ? next : after(shard, failed.get()));
    }
  }

  /** Where to go on behind a failure: at the same record, or behind it once it is given up. */
  private String after(Shard shard, String sequenceNumber) throws IOException {
    tries = sequenceNumber.equals(failing) ? tries + 1 : 1;
    failing = sequenceNumber;
    if (tries < MAX_TRIES) {
      return iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, sequenceNumber);
    }
    LOG.log(Level.ERROR, "Record {0} was not told in {1} tries", sequenceNumber, tries);
    LocalDeadLetters.append(deadLetters, JSON.std.asString(letter(shard, sequenceNumber)));
    tries = 0;
    return iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, sequenceNumber);
  }

  /** As Lambda writes it, so far as it tells where the record is. */
  private Map<String, Object> letter(Shard shard, String sequenceNumber) {
    return Map.of(
        "DDBStreamBatchInfo",
        Map.of(
            "shardId", shard.shardId(),
            "startSequenceNumber", sequenceNumber,
            "endSequenceNumber", sequenceNumber,
            "batchSize", 1,
            "streamArn", stream));
  }

  /** Calls the function and returns the sequence number that it names, if any. */
  private Optional<String> invoke(List<Record> page) {
    List<Record> told = page.stream().filter(StreamEventJson::passesFilter).toList();
    if (told.isEmpty()) {
      return Optional.empty();
    }
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      function.handleRequest(
          new ByteArrayInputStream(StreamEventJson.event(told)),
          answer,
          new LocalContext("events", TIMEOUT));
      return failure(JSON.std.mapFrom(answer.toByteArray()));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "The events function failed; its batch is delivered again", e);
      return Optional.of(told.getFirst().dynamodb().sequenceNumber());
    }
  }

  private static Optional<String> failure(Map<String, Object> answer) {
    return ((List<?>) answer.get("batchItemFailures"))
        .stream().map(it -> (String) ((Map<?, ?>) it).get("itemIdentifier")).findFirst();
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
