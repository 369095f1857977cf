package dev.bucketlens.results;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One of the table's indexes, and how its positions are written. */
enum Index {
  BY_LABEL(TableDefinition.BY_LABEL, "label", "score"),
  BY_TIME(TableDefinition.BY_TIME, "day", "classifiedAt"),
  BY_REVIEW(TableDefinition.BY_REVIEW, ReviewCodec.STATE, ReviewCodec.ORDER),
  BY_SAMPLE(TableDefinition.BY_SAMPLE, ReviewCodec.SAMPLE_STATE, ReviewCodec.ORDER);

  private final String indexName;
  private final String partition;
  private final String sort;

  Index(String indexName, String partition, String sort) {
    this.indexName = indexName;
    this.partition = partition;
    this.sort = sort;
  }

  String indexName() {
    return indexName;
  }

  String partition() {
    return partition;
  }

  Map<String, AttributeValue> toStartKey(PageKey key) {
    Map<String, AttributeValue> start = new HashMap<>();
    start.put("image", ItemCodec.string(key.image()));
    start.put(partition, ItemCodec.string(key.partition()));
    start.put(
        sort, this == BY_TIME ? ItemCodec.string(key.sort()) : AttributeValue.fromN(key.sort()));
    return start;
  }

  /** The position of an item, or of the last one evaluated: both hold the index's keys. */
  PageKey toPageKey(Map<String, AttributeValue> item) {
    AttributeValue position = item.get(sort);
    return new PageKey(
        item.get(partition).s(),
        this == BY_TIME ? position.s() : position.n(),
        item.get("image").s());
  }
}
