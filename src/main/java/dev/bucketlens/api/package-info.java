/**
 * The HTTP API and the page: routes, request and response shapes. Knows nothing of how Lambda
 * delivers HTTP.
 */
package dev.bucketlens.api;
