package dev.bucketlens.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The conditions of a query that the index at hand does not answer by its keys. */
final class Filter {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  private Filter() {}

  static Filter of(ResultQuery query, Index index) {
    Filter filter = new Filter();
    if (query.status() == null) {
      filter.add("#status <> :status", "status", ItemCodec.string(Status.DELETED.name()));
    } else {
      filter.add("#status = :status", "status", ItemCodec.string(query.status().name()));
    }
    if (query.prefix() != null && !query.prefix().isEmpty()) {
      filter.add("begins_with(#image, :image)", "image", ItemCodec.string(query.prefix()));
    }
    if (index != Index.BY_LABEL && query.label() != null) {
      filter.add("#label = :label", "label", ItemCodec.string(query.label()));
    }
    if (index != Index.BY_LABEL && query.minScore() != null) {
      filter.add("#score >= :score", "score", ItemCodec.score(query.minScore()));
    }
    if (index != Index.BY_TIME && query.day() != null) {
      filter.add("#day = :day", "day", ItemCodec.string(query.day().toString()));
    }
    return filter;
  }

  private void add(String condition, String attribute, AttributeValue value) {
    conditions.add(condition);
    names.put("#" + attribute, attribute);
    values.put(":" + attribute, value);
  }

  /** Whether it holds back more than tombstones, of which an index has few or none. */
  boolean isSelective() {
    return conditions.size() > 1 || conditions.getFirst().equals("#status = :status");
  }

  String expression() {
    return String.join(" AND ", conditions);
  }

  Map<String, String> names() {
    return names;
  }

  Map<String, AttributeValue> values() {
    return values;
  }
}
