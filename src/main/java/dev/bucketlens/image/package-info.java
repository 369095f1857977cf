/**
 * From the bytes of a file to upright RGB pixels at the size a model wants. The door is {@link
 * dev.bucketlens.image.ImageDecoder}, with its request, its result and its limits beside it; behind
 * it stand {@code format} (headers and pixels, one package per format), {@code colour}, {@code
 * resize} and {@code input} (what a parser reads). Every file is treated as hostile.
 */
package dev.bucketlens.image;
