/**
 * The entry points that Lambda calls, and the one place that reads the environment and wires
 * concrete classes.
 */
package dev.bucketlens.lambda;
