package dev.bucketlens.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local on loopback. Its own server class listens on every interface and reports usage, so
 * its request handler is served here by a Jetty that listens on 127.0.0.1 alone.
 *
 * <p>One database for every region and access key, so that any AWS CLI profile sees the same table.
 */
public final class LocalDynamoDb implements AutoCloseable {

  private final Server server;
  private final LocalDynamoDBRequestHandler requests;

  private LocalDynamoDb(Server server, LocalDynamoDBRequestHandler requests) {
    this.server = server;
    this.requests = requests;
  }

  /** Starts with nothing on disk: gone when closed. */
  public static LocalDynamoDb inMemory(int port) throws IOException {
    return start(port, new LocalDynamoDBRequestHandler(0, true, null, true, false));
  }

  /**
   * Starts on the database in {@code folder}, which is created when missing.
   *
   * @param port the port to listen on, 0 for any free one
   */
  public static LocalDynamoDb onDisk(int port, Path folder) throws IOException {
    Files.createDirectories(folder);
    return start(port, new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false));
  }

  private static LocalDynamoDb start(int port, LocalDynamoDBRequestHandler requests)
      throws IOException {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null), "/"));
    try {
      server.start();
    } catch (Exception e) {
      requests.shutdown();
      throw new IOException("DynamoDB Local did not start on port " + port + ": " + e, e);
    }
    return new LocalDynamoDb(server, requests);
  }

  /** The endpoint for {@code --endpoint-url}. */
  public URI endpoint() {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("DynamoDB Local did not stop: " + e, e);
    } finally {
      requests.shutdown();
    }
  }
}
