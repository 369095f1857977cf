package dev.bucketlens.local;

/**
 * One queued message.
 *
 * @param id the message's identity and, being ordered by arrival, its place in the queue
 * @param body the S3 event notification as JSON
 * @param receives how often it was delivered, this delivery included
 */
public record Message(String id, String body, int receives) {}
