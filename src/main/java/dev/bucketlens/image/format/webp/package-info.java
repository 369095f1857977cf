/** WebP, still or its first frame, by libwebp. */
package dev.bucketlens.image.format.webp;
