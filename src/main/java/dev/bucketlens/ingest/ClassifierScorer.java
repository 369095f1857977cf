package dev.bucketlens.ingest;

import dev.bucketlens.classify.Classification;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.IngestMeter.Measure;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Verdict;

/**
 * The classifier as the upload path sees it.
 *
 * @param model what results say that they come from
 * @param options which scores are kept in the table
 * @param maxBytes the classifier's own limit
 * @param meter is told of times and confidence
 */
public record ClassifierScorer(
    Classifier classifier,
    ModelRef model,
    ClassifyOptions options,
    long maxBytes,
    IngestMeter meter)
    implements PhotoScorer {

  /** Results are bound to the classifier's bundle under these options; nothing is measured. */
  public ClassifierScorer(Classifier classifier, ClassifyOptions options, long maxBytes) {
    this(
        classifier,
        new ModelRef(classifier.model().name(), classifier.bundleHash(options)),
        options,
        maxBytes,
        IngestMeter.none());
  }

  @Override
  public Verdict.Classified score(byte[] file) throws ImageRejectedException {
    Classification found = classifier.classify(file, options);
    meter.record(Measure.DECODE_TIME, found.timings().decode());
    meter.record(Measure.INFERENCE_TIME, found.timings().inference());
    recordConfidence(found.confidence());
    return new Verdict.Classified(
        found.scores(), found.image().width(), found.image().height(), found.warnings());
  }

  private void recordConfidence(double confidence) {
    meter.record(Measure.CONFIDENCE, confidence);
    classifier
        .model()
        .validation()
        .ifPresent(measured -> {
          double low = measured.isLow(confidence) ? 1 : 0;
          meter.record(Measure.EXPECTED_ACCURACY, confidence);
          meter.record(Measure.ACCURACY_DRIFT, confidence - measured.confidence());
          meter.record(Measure.LOW_CONFIDENCE, low);
          meter.record(Measure.LOW_CONFIDENCE_DRIFT, low - measured.lowConfidence());
        });
  }
}
