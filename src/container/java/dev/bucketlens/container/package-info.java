/**
 * What the container image's build needs beside the package: a cloud on loopback for a function of
 * its own process, and the run in which that function records its AOT cache. Never deployed.
 */
package dev.bucketlens.container;
