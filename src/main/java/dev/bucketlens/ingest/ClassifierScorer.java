package dev.bucketlens.ingest;

import dev.bucketlens.classify.Classification;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Verdict;

/**
 * The classifier as the upload path sees it.
 *
 * @param model what results say that they come from
 * @param options which scores are kept in the table
 * @param maxBytes the classifier's own limit
 */
public record ClassifierScorer(
    Classifier classifier, ModelRef model, ClassifyOptions options, long maxBytes)
    implements PhotoScorer {

  /** Results are bound to the classifier's bundle under these options. */
  public ClassifierScorer(Classifier classifier, ClassifyOptions options, long maxBytes) {
    this(
        classifier,
        new ModelRef(classifier.model().name(), classifier.bundleHash(options)),
        options,
        maxBytes);
  }

  @Override
  public Verdict.Classified score(byte[] file) throws ImageRejectedException {
    Classification found = classifier.classify(file, options);
    return new Verdict.Classified(
        found.scores(), found.image().width(), found.image().height(), found.warnings());
  }
}
