package dev.bucketlens.image.colour;

/**
 * How a file's samples become the colours of rows.
 *
 * @param background what shows where the image is transparent
 * @param ink what the inks of an image of ink look like
 */
public record Rendering(Background background, Ink ink) {}
