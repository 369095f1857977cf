/**
 * The upload path: every shape in which S3's news arrives becomes {@link
 * dev.bucketlens.ingest.ObjectEvent}s, and each of those becomes an {@link
 * dev.bucketlens.ingest.Outcome} in the table.
 *
 * <p>Does not know who called, nor how the answer is worded.
 */
package dev.bucketlens.ingest;
