/** GIF, its first frame, in Java. */
package dev.bucketlens.image.format.gif;
