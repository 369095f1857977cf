package dev.bucketlens.local;

import static java.util.Map.entry;

import java.net.URI;
import java.util.Map;

/**
 * Where the services lie that the functions call.
 *
 * @param deadLetters the queue for what the events function can tell nobody
 */
record LocalServices(URI s3, URI dynamoDb, URI eventBus, URI deadLetters) {

  /** The functions' variables, as {@code template.yaml} would set them. */
  Map<String, String> environment(Options options) {
    return Map.ofEntries(
        entry("BUCKET", LocalCloud.BUCKET),
        entry("TABLE", LocalCloud.TABLE),
        entry("MODEL", options.model()),
        entry("MODEL_VERSION", options.modelVersion()),
        entry("SHADOW_MODEL", options.shadow()),
        entry("SHADOW_MODEL_VERSION", options.shadowVersion()),
        entry("SHADOW_PERCENT", options.shadowPercent()),
        entry("API_ACCESS", "public"),
        entry("UPLOADS", "on"),
        entry("PREVIEWS", "on"),
        entry("FETCH_ALLOW_NETWORKS", options.fetchNetworks()),
        entry("FETCH_PORTS", options.fetchPorts()),
        entry("AWS_REGION", "us-east-1"),
        entry("REVIEW_BELOW", options.reviewBelow()),
        entry("REVIEW_SAMPLE", options.reviewSample()),
        entry("AWS_ENDPOINT_URL_S3", s3.toString()),
        entry("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString()),
        entry("AWS_ENDPOINT_URL_EVENTBRIDGE", eventBus.toString()),
        entry("EVENTS_DEAD_LETTERS", deadLetters.toString()));
  }
}
