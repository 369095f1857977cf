/** What stored values mean: embedded colour profiles, and transparency on a background. */
package dev.bucketlens.image.colour;
