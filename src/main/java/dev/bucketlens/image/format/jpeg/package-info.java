/** JPEG, by libjpeg-turbo. */
package dev.bucketlens.image.format.jpeg;
