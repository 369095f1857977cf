/** What rooms that do not know each other have in common. */
package dev.bucketlens;
