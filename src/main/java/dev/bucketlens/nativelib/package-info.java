/**
 * Native libraries: found beside the code, loaded, and their functions called. Knows nothing of
 * what they do.
 */
package dev.bucketlens.nativelib;
