package dev.bucketlens.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.Corpus;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.ClassifierScorer;
import dev.bucketlens.ingest.IngestMeter;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.ingest.ObjectEvent;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.CountingMeter;
import dev.bucketlens.testing.UploadRig;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** One photo, two ways in: sent to the API, and put into the bucket. */
final class SameAnswerTest {

  private static final int RESULTS = 5;

  /**
   * What became of a file.
   *
   * @param rejection its code; null for a file that was classified
   * @param scores ranked; empty for a file that was rejected
   */
  private record Answer(String rejection, List<Score> scores) {}

  @Test
  void apiAndUpload_shouldGiveTheSameAnswer_forEveryFileOfTheCorpus() throws Exception {
    Corpus corpus = Corpus.load();
    List<String> files =
        Stream.concat(
                corpus.images().stream().map(Corpus.Image::file),
                corpus.rejects().stream().map(Corpus.Reject::file))
            .toList();
    try (ApiFixture fixture = ApiFixture.start(80)) {
      Map<String, Answer> byApi = new TreeMap<>();
      files.forEach(file -> byApi.put(file, send(fixture, Corpus.bytes(file))));

      upload(fixture, files);

      assertThat(byApi.values())
          .filteredOn(answer -> answer.rejection() == null)
          .hasSameSizeAs(corpus.images())
          .allSatisfy(answer -> assertThat(answer.scores()).hasSize(RESULTS));
      for (String file : files) {
        assertThat(stored(fixture, file)).as(file).isEqualTo(byApi.get(file));
      }
    }
  }

  private static Answer send(ApiFixture fixture, byte[] file) {
    ApiResponse response =
        fixture.send(
            "POST",
            "/classify",
            new String[] {"maxResults", String.valueOf(RESULTS)},
            Map.of("content-type", "application/octet-stream"),
            file);
    Map<String, Object> answer = ApiFixture.json(response);
    return response.status() == 200
        ? new Answer(null, scores(answer))
        : new Answer((String) answer.get("code"), List.of());
  }

  private static List<Score> scores(Map<String, Object> answer) {
    return ((List<?>) answer.get("scores"))
        .stream()
            .map(score -> (Map<?, ?>) score)
            .map(s -> new Score((String) s.get("label"), ((Number) s.get("score")).floatValue()))
            .toList();
  }

  private static void upload(ApiFixture fixture, List<String> files) throws Exception {
    ClassifierScorer scorer =
        new ClassifierScorer(
            fixture.classifier,
            new ClassifyOptions(RESULTS, 0, Set.of(), Set.of()),
            ImageLimits.defaults().maxBytes());
    IngestMeter meter = new CountingMeter();
    try (S3Client s3 = UploadRig.user(fixture.s3.endpoint());
        BatchIngest ingest =
            new BatchIngest(
                s3,
                fixture.store,
                scorer,
                Optional.empty(),
                IngestSettings.of(ApiFixture.BUCKET, 2),
                meter,
                Clock.systemUTC())) {
      s3.createBucket(r -> r.bucket(ApiFixture.BUCKET));
      for (String file : files) {
        s3.putObject(
            r -> r.bucket(ApiFixture.BUCKET).key(file), RequestBody.fromBytes(Corpus.bytes(file)));
      }
      ingest.ingest(
          files.stream().map(file -> ObjectEvent.lookUp(ApiFixture.BUCKET, file, null)).toList(),
          UploadRig.noHurry());
    }
  }

  private static Answer stored(ApiFixture fixture, String file) {
    ImageResult item =
        fixture.store.find(ImageResult.imageOf(ApiFixture.BUCKET, file)).orElseThrow();
    return switch (item.verdict()) {
      case Verdict.Classified classified -> new Answer(null, classified.scores());
      case Verdict.Rejected rejected -> new Answer(rejected.code(), List.of());
      case Verdict.Deleted _ -> throw new AssertionError(file + " is taken for deleted");
    };
  }
}
