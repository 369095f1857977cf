/** Finds the native libraries that lie beside the code; knows nothing of what they do. */
package dev.bucketlens.nativelib;
