/** TIFF, its first page, by libtiff. */
package dev.bucketlens.image.format.tiff;
