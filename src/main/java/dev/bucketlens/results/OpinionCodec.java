package dev.bucketlens.results;

import dev.bucketlens.Score;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What other bundles say of an image, as maps inside its item and back. */
final class OpinionCodec {

  private OpinionCodec() {}

  static AttributeValue toMap(Previous previous) {
    Map<String, AttributeValue> map = opinion(previous.model(), previous.best());
    map.put("status", ItemCodec.string(previous.status().name()));
    map.put("classifiedAt", ItemCodec.string(ItemCodec.time(previous.classifiedAt())));
    return AttributeValue.fromM(map);
  }

  static Previous previous(AttributeValue value) {
    Map<String, AttributeValue> map = value.m();
    return new Previous(
        model(map),
        Status.valueOf(ItemCodec.text(map, "status")),
        best(map),
        Instant.parse(ItemCodec.text(map, "classifiedAt")));
  }

  static AttributeValue toMap(Shadow shadow) {
    return AttributeValue.fromM(opinion(shadow.model(), shadow.best()));
  }

  static Shadow shadow(AttributeValue value) {
    return new Shadow(model(value.m()), best(value.m()));
  }

  private static Map<String, AttributeValue> opinion(ModelRef model, Optional<Score> best) {
    Map<String, AttributeValue> map = new HashMap<>();
    map.put("model", ItemCodec.string(model.name()));
    map.put("modelHash", ItemCodec.string(model.hash()));
    best.ifPresent(score -> map.putAll(ItemCodec.labelScore(score).m()));
    return map;
  }

  private static ModelRef model(Map<String, AttributeValue> map) {
    return new ModelRef(ItemCodec.text(map, "model"), ItemCodec.text(map, "modelHash"));
  }

  private static Optional<Score> best(Map<String, AttributeValue> map) {
    return Optional.ofNullable(ItemCodec.text(map, "label"))
        .map(label -> new Score(label, Float.parseFloat(map.get("score").n())));
  }
}
