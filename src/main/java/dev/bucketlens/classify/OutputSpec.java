package dev.bucketlens.classify;

import java.util.Optional;

/**
 * What the model's output means.
 *
 * @param index of the output that has the scores
 * @param threshold scores below it are left out unless a caller says otherwise; 0 for none
 */
record OutputSpec(int index, OutputType type, float threshold, Optional<Calibration> calibration) {}
