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
 * @param options which scores are kept in the table
 * @param maxBytes the classifier's own limit
 */
public record ClassifierScorer(Classifier classifier, ClassifyOptions options, long maxBytes)
    implements PhotoScorer {

  @Override
  public ModelRef model() {
    return new ModelRef(classifier.model().name(), classifier.model().hash());
  }

  @Override
  public Verdict.Classified score(byte[] file) throws ImageRejectedException {
    Classification found = classifier.classify(file, options);
    return new Verdict.Classified(found.scores(), found.image().width(), found.image().height());
  }
}
