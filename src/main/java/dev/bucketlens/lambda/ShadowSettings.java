package dev.bucketlens.lambda;

/**
 * A second model on trial.
 *
 * @param percent of the uploads that it scores too, 0 to 100
 */
record ShadowSettings(ModelSource model, int percent) {}
