package dev.bucketlens.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Looks whether ports are free before anything starts: a server's own error names no option. */
final class Ports {

  private Ports() {}

  /**
   * Passes if all ports of the options are free.
   *
   * @throws IOException if one is in use; the message says what to do
   */
  static void requireFree(Options options) throws IOException {
    requireFree("S3", "s3.port", options.s3Port());
    requireFree("DynamoDB", "dynamodb.port", options.dynamoDbPort());
    requireFree("HTTP", "http.port", options.httpPort());
  }

  private static void requireFree(String service, String property, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "Port %d for %s is in use. Stop what uses it, or choose another with -D%s=%d."
              .formatted(port, service, property, port + 1),
          e);
    }
  }
}
