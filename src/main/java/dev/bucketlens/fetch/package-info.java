/**
 * Downloads a picture from a URL that a stranger wrote. Every rule that keeps such a URL away from
 * private networks, endless bodies and slow servers lives here.
 */
package dev.bucketlens.fetch;
