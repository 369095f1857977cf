package dev.bucketlens.classify;

import java.util.Optional;

/**
 * What the model's output means.
 *
 * @param threshold scores below it are left out unless a caller says otherwise; 0 for none
 */
record OutputSpec(OutputType type, float threshold, Optional<Calibration> calibration) {}
