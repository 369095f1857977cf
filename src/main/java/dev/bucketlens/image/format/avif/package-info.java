/** AVIF, a still picture or the first of a sequence, by libavif. */
package dev.bucketlens.image.format.avif;
