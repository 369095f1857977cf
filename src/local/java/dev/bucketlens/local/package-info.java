/**
 * The cloud on one machine: S3, DynamoDB, event delivery with retries, and HTTP, all on loopback
 * and all calling the same handlers that Lambda calls. Never deployed.
 */
package dev.bucketlens.local;
