/**
 * FlatBuffers: a checked reader, a schema as data, and the verification of a whole buffer against
 * it. Knows nothing of what the tables mean.
 */
package dev.bucketlens.flatbuffer;
