/**
 * The table of results: one item an image, conditional writes, queries.
 *
 * <p>Knows DynamoDB only: no HTTP, no images, no model.
 */
package dev.bucketlens.results;
