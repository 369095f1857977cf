/**
 * LiteRT through {@code java.lang.foreign}: library, model, interpreter, tensors and a pool of
 * interpreters. Knows nothing of images or labels, and lets no native memory out.
 */
package dev.bucketlens.engine;
