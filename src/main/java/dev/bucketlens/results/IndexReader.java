package dev.bucketlens.results;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Single requests to the indexes; what to ask in which order is {@link ResultFinder}'s. */
final class IndexReader {
  /** Items that {@link #latestDayBefore} looks at: the most that one look may cost. */
  private static final int MOST_FOR_A_DAY = 500;

  /** Items that {@link #glance} looks at. */
  private static final int MOST_AT_A_GLANCE = 1000;

  private final DynamoDbClient client;
  private final String table;

  IndexReader(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Reads one partition from {@code from}, at most {@code limit} matches: backwards, but for the
   * queue of reviews.
   */
  ResultPage read(Index index, PageKey from, ResultQuery query, int limit) {
    Filter filter = Filter.of(query, index);
    QueryResponse response = client.query(request(index, from, query, filter, limit));
    List<Map<String, AttributeValue>> items = response.items();
    if (items.size() > limit) {
      items = items.subList(0, limit);
      return page(items, Optional.of(index.toPageKey(items.getLast())));
    }
    return page(
        items,
        response.hasLastEvaluatedKey()
            ? Optional.of(index.toPageKey(response.lastEvaluatedKey()))
            : Optional.empty());
  }

  private QueryRequest request(
      Index index, PageKey from, ResultQuery query, Filter filter, int limit) {
    Map<String, String> names = new HashMap<>(filter.names());
    Map<String, AttributeValue> values = new HashMap<>(filter.values());
    names.put("#partition", index.partition());
    values.put(":partition", ItemCodec.string(from.partition()));
    String condition = "#partition = :partition";
    if (index == Index.BY_LABEL && query.minScore() != null) {
      condition += " AND #score >= :score";
      names.put("#score", "score");
      values.put(":score", ItemCodec.score(query.minScore()));
    }
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(index.indexName())
            .keyConditionExpression(condition)
            .filterExpression(filter.expression())
            .expressionAttributeNames(names)
            .expressionAttributeValues(values)
            .scanIndexForward(query.review() == ReviewList.OPEN)
            .limit(filter.isSelective() ? ResultQuery.MAX_LIMIT : limit);
    if (from.image() != null) {
      request.exclusiveStartKey(index.toStartKey(from));
    }
    return request.build();
  }

  private static ResultPage page(List<Map<String, AttributeValue>> items, Optional<PageKey> next) {
    return new ResultPage(items.stream().map(ItemCodec::fromItem).toList(), next);
  }

  /**
   * The latest day before {@code day} that has items, if a glance at the index tells.
   *
   * @return the day; {@code day} less one if the table is too large to tell; empty if there is none
   */
  Optional<LocalDate> latestDayBefore(LocalDate day) {
    ScanResponse response =
        client.scan(r ->
            r.tableName(table)
                .indexName(TableDefinition.BY_TIME)
                .limit(MOST_FOR_A_DAY)
                .filterExpression("#day < :day")
                .projectionExpression("#day")
                .expressionAttributeNames(Map.of("#day", "day"))
                .expressionAttributeValues(Map.of(":day", ItemCodec.string(day.toString()))));
    if (response.hasLastEvaluatedKey()) {
      return Optional.of(day.minusDays(1));
    }
    return response.items().stream()
        .map(item -> LocalDate.parse(item.get("day").s()))
        .max(LocalDate::compareTo);
  }

  /** Up to {@value #MOST_AT_A_GLANCE} items, or the megabyte that DynamoDB answers at most. */
  ResultPage glance() {
    ScanResponse response =
        client.scan(
            r -> r.tableName(table).indexName(TableDefinition.BY_TIME).limit(MOST_AT_A_GLANCE));
    return page(
        response.items(),
        response.hasLastEvaluatedKey()
            ? Optional.of(Index.BY_TIME.toPageKey(response.lastEvaluatedKey()))
            : Optional.empty());
  }
}
