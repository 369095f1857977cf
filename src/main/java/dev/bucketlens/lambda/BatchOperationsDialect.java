package dev.bucketlens.lambda;

import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.BatchTask;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.ForeignBucketException;
import dev.bucketlens.ingest.Invocation;
import dev.bucketlens.ingest.Outcome;
import dev.bucketlens.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tasks of an S3 Batch Operations job, schema 1.0 and 2.0. Each result's string tells the
 * completion report what became of the object. A rejected image counts as succeeded, because the
 * table has its answer; a job that counted it as failed would stop in a bucket that holds other
 * files too.
 */
final class BatchOperationsDialect implements Dialect {
  private static final int LONGEST_STRING = 1024;

  private final BatchIngest ingest;

  BatchOperationsDialect(BatchIngest ingest) {
    this.ingest = ingest;
  }

  @Override
  public boolean speaks(Map<String, Object> event) {
    return event.get("invocationSchemaVersion") instanceof String
        && event.get("tasks") instanceof List<?>;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> event, Invocation invocation)
      throws InterruptedException {
    List<Map<String, String>> results = new ArrayList<>();
    List<BatchTask> tasks = new ArrayList<>();
    for (Object task : (List<?>) event.get("tasks")) {
      try {
        tasks.add(BatchTask.read((Map<?, ?>) task));
      } catch (EventFormatException e) {
        String id = String.valueOf(((Map<?, ?>) task).get("taskId"));
        results.add(result(id, "PermanentFailure", e.getMessage()));
      }
    }
    List<Outcome> outcomes =
        ingest.ingest(tasks.stream().map(BatchTask::event).toList(), invocation);
    for (int i = 0; i < outcomes.size(); i++) {
      results.add(result(tasks.get(i).taskId(), outcomes.get(i)));
    }
    return Map.of(
        "invocationSchemaVersion",
        event.get("invocationSchemaVersion"),
        "treatMissingKeysAs",
        "TemporaryFailure",
        "invocationId",
        String.valueOf(event.get("invocationId")),
        "results",
        results);
  }

  private static Map<String, String> result(String taskId, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Classified c -> result(taskId, "Succeeded", "CLASSIFIED" + best(c.verdict()));
      case Outcome.Rejected r ->
          result(
              taskId, "Succeeded", "REJECTED " + r.verdict().code() + ": " + r.verdict().reason());
      case Outcome.Duplicate _ ->
          result(taskId, "Succeeded", "SKIPPED: this model has scored this content already");
      case Outcome.Kept _ ->
          result(taskId, "Succeeded", "KEPT: the object is in an archive, its verdict stays");
      case Outcome.Folder _ -> result(taskId, "Succeeded", "FOLDER: the mark of an empty folder");
      case Outcome.Superseded _ ->
          result(taskId, "Succeeded", "SUPERSEDED: the object has changed since the manifest");
      case Outcome.Deleted _ ->
          result(taskId, "PermanentFailure", "DELETED: there is no such object");
      case Outcome.Failed f when f.cause() instanceof ForeignBucketException e ->
          result(taskId, "PermanentFailure", e.getMessage());
      case Outcome.Failed f -> result(taskId, "TemporaryFailure", f.reason());
    };
  }

  private static String best(Verdict.Classified verdict) {
    return verdict
        .best()
        .map(best -> String.format(Locale.ROOT, " %s %.3f", best.label(), best.score()))
        .orElse("");
  }

  private static Map<String, String> result(String taskId, String code, String string) {
    String shown = string.length() > LONGEST_STRING ? string.substring(0, LONGEST_STRING) : string;
    return Map.of("taskId", taskId, "resultCode", code, "resultString", shown);
  }
}
