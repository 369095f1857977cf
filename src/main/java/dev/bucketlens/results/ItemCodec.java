package dev.bucketlens.results;

import dev.bucketlens.Score;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An {@link ImageResult} as DynamoDB attributes and back. */
final class ItemCodec {
  /** Always three digits of a second: the index sorts times as text. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private ItemCodec() {}

  static Map<String, AttributeValue> toItem(ImageResult result) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("image", string(result.image()));
    item.put("status", string(result.status().name()));
    item.put("classifiedAt", string(time(result.classifiedAt())));
    if (result.status() != Status.DELETED) {
      // The key of the index by time, which lists what is there: a tombstone stays out of it.
      item.put("day", string(day(result.classifiedAt())));
    }
    result.attempt().ifPresent(attempt -> putAttempt(item, attempt));
    putVersion(item, result.version());
    if (result.model() != null) {
      item.put("model", string(result.model().name()));
      item.put("modelHash", string(result.model().hash()));
    }
    switch (result.verdict()) {
      case Verdict.Classified classified -> putScores(item, classified);
      case Verdict.Rejected rejected -> {
        item.put("rejection", string(rejected.code()));
        item.put("reason", string(rejected.reason()));
      }
      case Verdict.Deleted deleted ->
          item.put("expiresAt", number(deleted.expiresAt().getEpochSecond()));
    }
    result.previous().ifPresent(previous -> item.put("previous", OpinionCodec.toMap(previous)));
    result.shadow().ifPresent(shadow -> item.put("shadow", OpinionCodec.toMap(shadow)));
    result.review().ifPresent(review -> item.putAll(ReviewCodec.toAttributes(review)));
    return item;
  }

  private static void putAttempt(Map<String, AttributeValue> item, Attempt attempt) {
    item.put("requestId", string(attempt.requestId()));
    item.put("attempt", string(attempt.id()));
  }

  private static Optional<Attempt> attempt(Map<String, AttributeValue> item) {
    return Optional.ofNullable(text(item, "attempt"))
        .map(id -> new Attempt(text(item, "requestId"), id));
  }

  private static void putVersion(Map<String, AttributeValue> item, ObjectVersion version) {
    if (version.sequencer() != null) {
      item.put("sequencer", string(version.sequencer().value()));
    }
    if (version.eTag() != null) {
      item.put("eTag", string(version.eTag()));
    }
    if (version.versionId() != null) {
      item.put("versionId", string(version.versionId()));
    }
    item.put("size", number(version.size()));
    putProvenance(item, version.provenance());
  }

  private static void putProvenance(Map<String, AttributeValue> item, Provenance provenance) {
    if (provenance.uploadedBy() != null) {
      item.put("uploadedBy", string(provenance.uploadedBy()));
    }
    if (provenance.fileName() != null) {
      item.put("fileName", string(provenance.fileName()));
    }
    if (provenance.requestId() != null) {
      item.put("uploadRequestId", string(provenance.requestId()));
    }
  }

  private static Provenance provenance(Map<String, AttributeValue> item) {
    return new Provenance(
        text(item, "uploadedBy"), text(item, "fileName"), text(item, "uploadRequestId"));
  }

  private static void putScores(Map<String, AttributeValue> item, Verdict.Classified classified) {
    item.put("width", number(classified.width()));
    item.put("height", number(classified.height()));
    item.put(
        "scores",
        AttributeValue.fromL(classified.scores().stream().map(ItemCodec::labelScore).toList()));
    if (!classified.warnings().isEmpty()) {
      List<AttributeValue> warnings =
          classified.warnings().stream().map(ItemCodec::string).toList();
      item.put("warnings", AttributeValue.fromL(warnings));
    }
    classified.best().ifPresent(best -> item.putAll(labelScore(best).m()));
  }

  static AttributeValue labelScore(Score score) {
    return AttributeValue.fromM(
        Map.of("label", string(score.label()), "score", score(score.score())));
  }

  static ImageResult fromItem(Map<String, AttributeValue> item) {
    String sequencer = text(item, "sequencer");
    String model = text(item, "model");
    return new ImageResult(
        text(item, "image"),
        new ObjectVersion(
            sequencer == null ? null : new Sequencer(sequencer),
            text(item, "eTag"),
            text(item, "versionId"),
            Long.parseLong(item.get("size").n()),
            provenance(item)),
        model == null ? null : new ModelRef(model, text(item, "modelHash")),
        Instant.parse(text(item, "classifiedAt")),
        attempt(item),
        verdict(item),
        new Opinions(
            Optional.ofNullable(item.get("previous")).map(OpinionCodec::previous),
            Optional.ofNullable(item.get("shadow")).map(OpinionCodec::shadow),
            ReviewCodec.fromItem(item)));
  }

  private static Verdict verdict(Map<String, AttributeValue> item) {
    return switch (Status.valueOf(text(item, "status"))) {
      case CLASSIFIED ->
          new Verdict.Classified(
              scores(item.get("scores").l()),
              Integer.parseInt(item.get("width").n()),
              Integer.parseInt(item.get("height").n()),
              warnings(item));
      case REJECTED -> new Verdict.Rejected(text(item, "rejection"), text(item, "reason"));
      case DELETED ->
          new Verdict.Deleted(Instant.ofEpochSecond(Long.parseLong(item.get("expiresAt").n())));
    };
  }

  private static List<Score> scores(List<AttributeValue> scores) {
    return scores.stream()
        .map(AttributeValue::m)
        .map(s -> new Score(text(s, "label"), Float.parseFloat(s.get("score").n())))
        .toList();
  }

  private static List<String> warnings(Map<String, AttributeValue> item) {
    AttributeValue warnings = item.get("warnings");
    return warnings == null ? List.of() : warnings.l().stream().map(AttributeValue::s).toList();
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static String day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  static AttributeValue string(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /** The shortest decimal that reads back as the same float: 0.9, not 0.8999999762. */
  static AttributeValue score(float value) {
    return AttributeValue.fromN(new BigDecimal(Float.toString(value)).toPlainString());
  }

  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }
}
