/**
 * What all formats share: the header that each fills in, and the source of rows that each is. A
 * format has a package of its own, which knows this one and no other format.
 */
package dev.bucketlens.image.format;
