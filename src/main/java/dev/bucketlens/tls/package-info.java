/** TLS to AWS, quick for a process that has only just started. */
package dev.bucketlens.tls;
