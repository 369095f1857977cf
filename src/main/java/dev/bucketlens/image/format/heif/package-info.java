/** HEIC, by libheif and libde265, where whoever deploys has added them. */
package dev.bucketlens.image.format.heif;
