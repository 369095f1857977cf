package dev.bucketlens.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.testing.UploadRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * How much faster a batch of ten photos is than ten events of one. No part of the build, whose
 * machine may be busy: {@code mvn test -Dtest=BatchOverlapBenchmark}.
 */
class BatchOverlapBenchmark {
  private static final int WARM_UP = 6;
  private static final int ROUNDS = 15;
  private static final int PHOTOS = 10;
  private static final Path FOLDER = Path.of("src/local/resources/photos");

  private final ClassifierSettings settings = new ClassifierSettings(2, 1, ImageLimits.defaults());
  private int keys;

  @Test
  void measure() throws Exception {
    try (UploadRig rig = new UploadRig();
        Classifier classifier =
            Classifier.open(Path.of("model/efficientnet-lite0.tflite"), settings);
        BatchIngest ingest =
            rig.ingest(
                new ClassifierScorer(
                    classifier,
                    ClassifyOptions.defaults().withMaxResults(5),
                    ImageLimits.defaults().maxBytes()))) {
      double[] ratios = new double[ROUNDS];
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        double single = milliseconds(rig, ingest, 1);
        double batch = milliseconds(rig, ingest, PHOTOS);
        if (round >= 0) {
          ratios[round] = single / batch;
          System.out.printf("one by one %.0f ms, batch %.0f ms%n", single, batch);
        }
      }
      Arrays.sort(ratios);
      System.out.printf(
          "ratio: median %.2f, from %.2f to %.2f%n",
          ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    }
  }

  private double milliseconds(UploadRig rig, BatchIngest ingest, int batch) throws Exception {
    List<ObjectEvent> events = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      events.add(put(rig, i % 2 == 0 ? "chameleon.jpg" : "crab.jpg"));
    }
    long start = System.nanoTime();
    for (int i = 0; i < PHOTOS; i += batch) {
      assertThat(ingest.ingest(events.subList(i, i + batch), UploadRig.noHurry()))
          .hasOnlyElementsOfType(Outcome.Classified.class);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private ObjectEvent put(UploadRig rig, String photo) throws Exception {
    String key = "photo " + keys++;
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(photo));
    rig.user().putObject(r -> r.bucket(UploadRig.BUCKET).key(key), RequestBody.fromBytes(bytes));
    return new ObjectEvent(
        ObjectEvent.Change.CREATED,
        UploadRig.BUCKET,
        key,
        null,
        null,
        bytes.length,
        new Sequencer("01"));
  }
}
