/** PNG, in Java but for zlib. */
package dev.bucketlens.image.format.png;
