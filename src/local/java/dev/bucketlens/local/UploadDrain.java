package dev.bucketlens.local;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/**
 * Reads what S3Proxy leaves of an upload.
 *
 * <p>Clients send uploads in signed chunks that end with an empty chunk and a trailer. S3Proxy 4.1
 * stops at the last byte of the object. If the end comes a moment later, in a packet of its own,
 * Jetty finds a request that was not read to its end and closes the connection: the client, still
 * writing, sees it break although the object was stored.
 */
final class UploadDrain implements Filter {

  private UploadDrain() {}

  /** Puts itself before S3Proxy's servlet; to be called before the start. */
  static void install(S3Proxy proxy) throws ReflectiveOperationException {
    jetty(proxy)
        .getDescendant(ServletContextHandler.class)
        .addFilter(new FilterHolder(new UploadDrain()), "/*", EnumSet.of(DispatcherType.REQUEST));
  }

  /** S3Proxy has no method that gives its server or takes a filter. */
  private static Server jetty(S3Proxy proxy) throws ReflectiveOperationException {
    return (Server)
        MethodHandles.privateLookupIn(S3Proxy.class, MethodHandles.lookup())
            .findVarHandle(S3Proxy.class, "server", Server.class)
            .get(proxy);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    request.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
