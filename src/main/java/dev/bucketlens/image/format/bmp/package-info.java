/** BMP of every kind that Windows writes, in Java. */
package dev.bucketlens.image.format.bmp;
