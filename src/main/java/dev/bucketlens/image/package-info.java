/**
 * From the bytes of a file to upright RGB pixels at the size a model wants: format sniffing,
 * limits, EXIF orientation, colour spaces, decoding and resizing. Every file is treated as hostile.
 */
package dev.bucketlens.image;
