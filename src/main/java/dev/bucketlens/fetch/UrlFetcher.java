package dev.bucketlens.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Downloads the bytes behind a URL that nobody vouches for. Safe for use by many threads.
 *
 * <p>The rules: http and https on the configured ports, hosts by the lists, public addresses only
 * and the connection to exactly the address that was checked, each redirect checked anew, one
 * deadline for everything, a limit on the bytes; no proxy, cookies, credentials or Referer.
 */
public final class UrlFetcher implements AutoCloseable {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final FetchSettings settings;
  private final BodyReader bodies;
  private final CloseableHttpClient client;

  /** Fetches run here so that their callers can leave at the deadline, whatever blocks. */
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("fetch-", 0).factory());

  /** Creates a fetcher that uses the system's resolver and trusts its certificate authorities. */
  public static UrlFetcher create(FetchSettings settings) {
    return create(settings, NameResolver.SYSTEM);
  }

  /** Creates a fetcher with another resolver, as a test or the local cloud needs. */
  public static UrlFetcher create(FetchSettings settings, NameResolver names) {
    return new UrlFetcher(settings, names, SSLContexts::createDefault);
  }

  /**
   * @param authorities who vouches for servers; asked once, for the first URL by TLS
   */
  UrlFetcher(FetchSettings settings, NameResolver names, Supplier<SSLContext> authorities) {
    this.settings = settings;
    this.bodies = new BodyReader(settings.limits().maxBytes());
    AddressPolicy addresses = new AddressPolicy(settings.destinations().allowedNetworks());
    this.client =
        HttpClients.create(new CheckedResolver(names, addresses), settings.limits(), authorities);
  }

  /**
   * Fetches {@code url} with GET.
   *
   * @return the body of the 200 answer, decompressed, at most {@link FetchLimits#maxBytes} long
   * @throws FetchException if a rule refuses the URL or the fetch fails; see its code
   */
  public byte[] fetch(String url) throws FetchException {
    if (!settings.enabled()) {
      throw new FetchException(
          FetchError.DISABLED, "Fetching URLs is switched off in this deployment.");
    }
    FetchTarget target = FetchTarget.parse(url, settings.destinations());
    AtomicReference<HttpGet> current = new AtomicReference<>();
    Future<byte[]> result = workers.submit(() -> follow(target, current));
    try {
      return result.get(settings.limits().deadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(FetchError.TIMED_OUT, "The fetch was interrupted.", e);
    } catch (ExecutionException e) {
      throw explain(e.getCause());
    } finally {
      result.cancel(true);
      HttpGet running = current.get();
      if (running != null) {
        running.cancel();
      }
    }
  }

  private byte[] follow(FetchTarget first, AtomicReference<HttpGet> current)
      throws FetchException, IOException {
    FetchTarget target = first;
    for (int hop = 0; hop <= settings.limits().maxRedirects(); hop++) {
      HttpGet request = new HttpGet(target.uri());
      current.set(request);
      if (Thread.currentThread().isInterrupted()) {
        throw new FetchException(FetchError.TIMED_OUT, "The fetch was interrupted.");
      }
      Answer answer = ask(request, target);
      if (answer.redirect() == null) {
        return answer.body();
      }
      target = answer.redirect();
    }
    throw new FetchException(
        FetchError.TOO_MANY_REDIRECTS,
        "The URL redirects more than " + settings.limits().maxRedirects() + " times.");
  }

  /** What one request brought: a body, or where to look next. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(byte[] body, FetchTarget redirect) {}

  /** A connection serves one request, and is cut rather than read to the end of an endless body. */
  private Answer ask(HttpGet request, FetchTarget target) throws FetchException, IOException {
    try {
      HttpHost server = RoutingSupport.determineHost(request);
      return answer(target, client.executeOpen(server, request, null));
    } catch (HttpException e) {
      throw new ClientProtocolException(e);
    } finally {
      request.cancel();
    }
  }

  private Answer answer(FetchTarget target, ClassicHttpResponse response)
      throws FetchException, IOException {
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    if (REDIRECTS.contains(response.getCode()) && location != null) {
      return new Answer(null, redirect(target, location.getValue()));
    }
    if (response.getCode() != 200) {
      throw new FetchException(
          FetchError.BAD_STATUS, "The server answered with status " + response.getCode() + ".");
    }
    return new Answer(bodies.read(response), null);
  }

  private FetchTarget redirect(FetchTarget from, String location) throws FetchException {
    try {
      return FetchTarget.of(Redirect.resolve(from.uri(), location), settings.destinations());
    } catch (URISyntaxException e) {
      throw new FetchException(FetchError.BAD_URL, "The URL redirects to a malformed one.", e);
    }
  }

  private FetchException explain(Throwable failure) {
    return switch (failure) {
      case FetchException e -> e;
      case CheckedResolver.AddressRefusedException e ->
          new FetchException(FetchError.ADDRESS_NOT_PUBLIC, e.getMessage(), e);
      case UnknownHostException e ->
          new FetchException(FetchError.HOST_NOT_FOUND, "The host's name has no address.", e);
      case SSLException e ->
          new FetchException(
              FetchError.TLS_FAILED, "No secure connection: " + e.getMessage() + ".", e);
      case InterruptedIOException e -> timedOut(e);
      case HttpHostConnectException e ->
          new FetchException(FetchError.UNREACHABLE, "Nothing answers at " + e.getHost() + ".", e);
      default ->
          new FetchException(
              FetchError.UNREACHABLE, "The server could not be reached, or hung up.", failure);
    };
  }

  private FetchException timedOut(Exception cause) {
    Duration deadline = settings.limits().deadline();
    return new FetchException(
        FetchError.TIMED_OUT,
        "The URL was not fetched within " + deadline.toMillis() + " milliseconds.",
        cause);
  }

  /** Closes the connections; running fetches fail. */
  @Override
  public void close() {
    workers.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
