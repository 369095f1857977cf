package dev.bucketlens.rescore;

import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonSyntaxException;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Has the upload function look up what keys show now, in the words of S3 Batch Operations: what is
 * of its bundle already costs it one read, and what became of each object it answers at once.
 *
 * @param function takes the event
 */
record LookUps(UploadFunction function) {
  private static final String TRY_AGAIN = "TemporaryFailure";

  /**
   * What the function says of one object.
   *
   * @param code of S3 Batch Operations
   * @param text a word, and what belongs to it: {@code CLASSIFIED tabby cat 0.912}
   */
  record Answer(String code, String text) {
    boolean mayWorkNextTime() {
      return code.equals(TRY_AGAIN);
    }

    /** That an object is gone is none. */
    boolean isFailure() {
      return !code.equals("Succeeded") && !text.startsWith(Status.DELETED.name());
    }
  }

  /** Asks once; a call that fails as a whole failed for each of its objects. */
  List<Answer> ask(List<ImageResult> images) {
    try {
      return read(function.invoke(Json.writeBytes(event(images))), images.size());
    } catch (IOException e) {
      Answer failed = new Answer(TRY_AGAIN, String.valueOf(e.getMessage()));
      return images.stream().map(_ -> failed).toList();
    }
  }

  private static Map<String, Object> event(List<ImageResult> images) {
    return Map.of(
        "invocationSchemaVersion",
        "2.0",
        "invocationId",
        "rescore",
        "job",
        Map.of("id", "rescore"),
        "tasks",
        IntStream.range(0, images.size()).mapToObj(i -> task(i, images.get(i))).toList());
  }

  private static Map<String, Object> task(int id, ImageResult image) {
    return Map.of(
        "taskId",
        Integer.toString(id),
        "s3Bucket",
        image.bucket(),
        "s3Key",
        URLEncoder.encode(image.key(), StandardCharsets.UTF_8));
  }

  private static List<Answer> read(byte[] json, int expected) throws JsonSyntaxException {
    Map<String, Answer> answers = new HashMap<>();
    if (Json.read(json) instanceof Map<?, ?> answer
        && answer.get("results") instanceof List<?> results) {
      for (Object result : results) {
        Map<?, ?> told = (Map<?, ?>) result;
        answers.put(
            (String) told.get("taskId"),
            new Answer((String) told.get("resultCode"), (String) told.get("resultString")));
      }
    }
    Answer none = new Answer(TRY_AGAIN, "The function said nothing of it");
    return IntStream.range(0, expected)
        .mapToObj(id -> answers.getOrDefault(Integer.toString(id), none))
        .toList();
  }
}
