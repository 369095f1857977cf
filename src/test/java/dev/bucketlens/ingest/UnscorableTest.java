package dev.bucketlens.ingest;

import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.PlainImages;
import dev.bucketlens.testing.TestModels;
import dev.bucketlens.testing.UploadRig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A photo for which the model gives no numbers: the same model would give none at the next try
 * either, so this is recorded with its reason, and is never a label.
 */
class UnscorableTest {

  @AutoClose private static final UploadRig rig = new UploadRig();

  @Test
  void created_shouldBeRejectedWithTheReason_whenTheModelGivesNoNumber() throws Exception {
    try (Classifier classifier =
            Classifier.open(TestModels.folder("kinds").resolve("sometimes-nan.tflite"));
        BatchIngest ingest =
            rig.ingest(new ClassifierScorer(classifier, ClassifyOptions.defaults(), 1 << 20))) {
      ObjectEvent between = rig.put("between.png", PlainImages.png(8, 8, 0x4D4D4D));
      ObjectEvent dark = rig.put("dark.png", PlainImages.png(8, 8, 0x101010));

      assertThat(deliver(ingest, between)).hasOnlyElementsOfType(Outcome.Rejected.class);
      assertThat(deliver(ingest, between)).hasOnlyElementsOfType(Outcome.Duplicate.class);
      assertThat(deliver(ingest, dark)).hasOnlyElementsOfType(Outcome.Classified.class);
      assertThat(rig.item("between.png").orElseThrow().verdict())
          .isEqualTo(
              new Verdict.Rejected(
                  "UNSCORABLE",
                  "The model sometimes-nan gives NaN for \"a\", where a score is a number from 0 to"
                      + " 1."));
    }
  }
}
