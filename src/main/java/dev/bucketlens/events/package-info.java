/**
 * What is told to the outside: changes of the table, as its stream delivers them, to events of
 * EventBridge.
 *
 * <p>Knows the table's items and EventBridge's one call: no images, no model, no S3.
 */
package dev.bucketlens.events;
