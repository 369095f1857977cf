/**
 * Image bytes in, ranked scores out: the model bundle (tensors, labels, preprocessing) and the
 * classifier. Knows no cloud.
 */
package dev.bucketlens.classify;
