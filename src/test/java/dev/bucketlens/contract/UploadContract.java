package dev.bucketlens.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What a user does to a bucket. Holds on every cloud that claims to be S3, SQS and DynamoDB. */
abstract class UploadContract extends ContractTest {

  @Test
  void put_shouldLeadToScores_whateverTheKey() throws Exception {
    for (String key : List.of("put.jpg", "my photos/été (1) a+b.jpg", "🦎.jpg")) {
      put(key, CHAMELEON);
      deliver(cloud().receive(1));

      assertThat(label(key)).contains("chameleon");
    }
  }

  @Test
  void put_shouldLeadToARejection_whenItIsNoImage() throws Exception {
    put("text.jpg", "no image at all".getBytes(StandardCharsets.UTF_8));
    deliver(cloud().receive(1));

    assertThat(item("text.jpg").status()).isEqualTo(Status.REJECTED);
  }

  @Test
  void replace_shouldLeadToTheNewScores() throws Exception {
    put("replace.jpg", CHAMELEON);
    deliver(cloud().receive(1));
    put("replace.jpg", CRAB);
    deliver(cloud().receive(1));

    assertThat(label("replace.jpg")).contains("crab");
  }

  @Test
  void delete_shouldLeadToATombstone() throws Exception {
    put("delete.jpg", CHAMELEON);
    deliver(cloud().receive(1));
    delete("delete.jpg");
    deliver(cloud().receive(1));

    assertThat(item("delete.jpg").status()).isEqualTo(Status.DELETED);
  }

  @Test
  void delete_shouldLeaveNoScores_whenItOvertakesThePut() throws Exception {
    put("brief.jpg", CHAMELEON);
    List<Map<String, Object>> messages = new ArrayList<>(cloud().receive(1));
    put("brief.jpg", CRAB);
    messages.addAll(cloud().receive(1));
    deliver(messages);
    delete("brief.jpg");
    messages.addAll(cloud().receive(1));
    Collections.reverse(messages);
    messages.forEach(message -> deliver(List.of(message)));

    // A cloud whose events tell no order leaves no trace of what it never had.
    assertThat(find("brief.jpg"))
        .map(ImageResult::status)
        .isIn(Optional.empty(), Optional.of(Status.DELETED));
  }

  @Test
  void duplicate_shouldCostNoInference() throws Exception {
    put("duplicate.jpg", CHAMELEON);
    List<Map<String, Object>> messages = cloud().receive(1);
    deliver(messages);
    ImageResult first = item("duplicate.jpg");
    deliver(messages);
    deliver(messages);

    assertThat(inferences()).isEqualTo(1);
    assertThat(item("duplicate.jpg")).isEqualTo(first);
  }

  @Test
  void reorder_shouldLeadToTheLatestScores() throws Exception {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (byte[] photo : List.of(CHAMELEON, CRAB, CHAMELEON, CRAB)) {
      put("reorder.jpg", photo);
      messages.addAll(cloud().receive(1));
    }
    Collections.reverse(messages);
    messages.forEach(message -> deliver(List.of(message)));

    assertThat(label("reorder.jpg")).contains("crab");
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void multipart_shouldLeadToScores() throws Exception {
    String bucket = cloud().bucket();
    String key = "multipart.jpg";
    String upload = cloud().s3().createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    String eTag =
        cloud()
            .s3()
            .uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromBytes(CHAMELEON))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(eTag).build();
    cloud()
        .s3()
        .completeMultipartUpload(
            r -> r.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(part)));
    deliver(cloud().receive(1));

    assertThat(label(key)).contains("chameleon");
    assertThat(item(key).version().eTag()).endsWith("-1");
  }

  @Test
  void copy_shouldLeadToScores() throws Exception {
    put("original.jpg", CRAB);
    deliver(cloud().receive(1));
    cloud()
        .s3()
        .copyObject(r ->
            r.sourceBucket(cloud().bucket())
                .sourceKey("original.jpg")
                .destinationBucket(cloud().bucket())
                .destinationKey("copy.jpg"));
    deliver(cloud().receive(1));

    assertThat(label("copy.jpg")).contains("crab");
  }

  @Test
  void batch_shouldLeadToScoresOfEach() throws Exception {
    for (int i = 0; i < 10; i++) {
      put("batch " + i + ".jpg", i % 2 == 0 ? CHAMELEON : CRAB);
    }
    deliver(cloud().receive(10));

    for (int i = 0; i < 10; i++) {
      assertThat(label("batch " + i + ".jpg")).contains(i % 2 == 0 ? "chameleon" : "crab");
    }
    assertThat(inferences()).isEqualTo(10);
  }

  @Test
  void backlog_shouldBeScored_andThenSkipped() throws Exception {
    put("backlog.jpg", CRAB);
    List<Map<String, Object>> late = cloud().receive(1);
    Map<String, Object> job =
        Map.of(
            "invocationSchemaVersion",
            "2.0",
            "invocationId",
            "1",
            "job",
            Map.of("id", "1"),
            "tasks",
            List.of(Map.of("taskId", "1", "s3Bucket", cloud().bucket(), "s3Key", "backlog.jpg")));

    assertThat(call(job).toString()).contains("CLASSIFIED");
    assertThat(call(job).toString()).contains("SKIPPED");
    deliver(late);
    assertThat(label("backlog.jpg")).contains("crab");
    assertThat(inferences()).isEqualTo(1);
  }
}
