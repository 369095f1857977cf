/**
 * Where a photo's pixels go: which part of it, turned how, by which filter, to the size a model
 * wants. Takes rows as they are decoded and keeps no photo.
 */
package dev.bucketlens.image.resize;
