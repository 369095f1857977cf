/**
 * What is in the table, scored again by the bundle that is at work now: on the local cloud, and for
 * a deployed stack.
 */
package dev.bucketlens.rescore;
