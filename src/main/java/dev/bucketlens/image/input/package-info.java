/** The bytes of a hostile file, read within their bounds. */
package dev.bucketlens.image.input;
