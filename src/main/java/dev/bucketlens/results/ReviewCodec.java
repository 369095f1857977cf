package dev.bucketlens.results;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A {@link Review} as attributes of an item: the keys of its indexes, and what was said. */
final class ReviewCodec {
  static final String STATE = "reviewState";
  static final String ORDER = "reviewOrder";

  /**
   * The key of a second index, of a reviewed image of the random share alone: so these few are
   * found however many other reviews there are.
   */
  static final String SAMPLE_STATE = "sampleState";

  static final String REVIEW = "review";

  /** All that a review can be in an item. */
  static final List<String> ATTRIBUTES = List.of(STATE, ORDER, SAMPLE_STATE, REVIEW);

  private ReviewCodec() {}

  static Map<String, AttributeValue> toAttributes(Review review) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(STATE, ItemCodec.string(review.state().name()));
    attributes.put(ORDER, order(review));
    if (review instanceof Review.Done done) {
      attributes.put(REVIEW, AttributeValue.fromM(said(done)));
      if (done.sampled()) {
        attributes.put(SAMPLE_STATE, ItemCodec.string(done.state().name()));
      }
    }
    return attributes;
  }

  static AttributeValue order(Review review) {
    return AttributeValue.fromN(BigDecimal.valueOf(review.order()).toPlainString());
  }

  private static Map<String, AttributeValue> said(Review.Done done) {
    Map<String, AttributeValue> said = new HashMap<>();
    if (done.label() != null) {
      said.put("label", ItemCodec.string(done.label()));
    }
    said.put("known", AttributeValue.fromBool(done.known()));
    said.put("by", ItemCodec.string(done.by()));
    said.put("at", ItemCodec.string(ItemCodec.time(done.at())));
    said.put("sampled", AttributeValue.fromBool(done.sampled()));
    return said;
  }

  static Optional<Review> fromItem(Map<String, AttributeValue> item) {
    if (!item.containsKey(STATE)) {
      return Optional.empty();
    }
    return switch (Review.State.valueOf(item.get(STATE).s())) {
      case OPEN -> Optional.of(new Review.Open(Double.parseDouble(item.get(ORDER).n())));
      case DONE -> {
        Map<String, AttributeValue> said = item.get(REVIEW).m();
        AttributeValue label = said.get("label");
        yield Optional.of(
            new Review.Done(
                label == null ? null : label.s(),
                said.get("known").bool(),
                said.get("by").s(),
                Instant.parse(said.get("at").s()),
                said.get("sampled").bool()));
      }
    };
  }
}
