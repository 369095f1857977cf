package dev.bucketlens.api;

import dev.bucketlens.classify.InvalidOptionsException;
import dev.bucketlens.fetch.FetchException;
import dev.bucketlens.image.ImageRejectedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** The HTTP API: one request in, one response out. Safe for use by several threads. */
public final class Api {

  private static final Logger LOG = System.getLogger(Api.class.getName());

  /** The header that tells under which id the log speaks of a request. */
  static final String REQUEST_ID = "x-request-id";

  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
          "cross-origin-opener-policy", "same-origin",
          "permissions-policy", "camera=(), geolocation=(), microphone=()",
          "referrer-policy", "no-referrer",
          "strict-transport-security", "max-age=31536000",
          "x-content-type-options", "nosniff",
          "cache-control", "no-store");

  private final ApiSettings settings;
  private final ClassifyRoute classify;
  private final Router router;
  private final Cors cors;

  /** Creates the API with all its routes. */
  public Api(ApiServices services, ApiSettings settings) {
    this.settings = settings;
    this.classify =
        new ClassifyRoute(
            services.classifier(), services.model(), services.fetcher(), settings.defaultResults());
    this.router = new Router(Routes.of(services, settings, classify));
    this.cors = new Cors(settings.corsOrigin(), router);
  }

  /** Answers one request; whatever goes wrong becomes a problem document, never an exception. */
  public ApiResponse handle(ApiRequest request) {
    return cors.allow(request, withHeaders(answer(request), request.requestId()));
  }

  /** Answers what cannot be read as a request. */
  public ApiResponse refuse(String why, String requestId) {
    return withHeaders(new Problem(400, "MALFORMED_REQUEST", why).toResponse(), requestId);
  }

  private static ApiResponse withHeaders(ApiResponse bare, String requestId) {
    ApiResponse response = bare.with(REQUEST_ID, requestId);
    for (Map.Entry<String, String> header : SECURITY_HEADERS.entrySet()) {
      if (!response.headers().containsKey(header.getKey())) {
        response = response.with(header.getKey(), header.getValue());
      }
    }
    return response;
  }

  /**
   * Answers a direct invocation with {@code {"url": …}}.
   *
   * @return the score of each label, best first
   * @throws FetchException if the URL cannot be fetched
   * @throws ImageRejectedException if there is no image behind it
   */
  public Map<String, Float> classifyEvent(Map<String, Object> event)
      throws FetchException, ImageRejectedException {
    return classify.classifyEvent(event);
  }

  /** Returns method and path template of every route, for whoever documents them. */
  List<Route> routes() {
    return router.routes();
  }

  private ApiResponse answer(ApiRequest request) {
    try {
      requireReadable(request);
      return request.method().equals("OPTIONS") ? cors.preflight(request) : router.answer(request);
    } catch (ApiException e) {
      ApiResponse response = Problem.of(e).toResponse();
      for (Map.Entry<String, String> header : e.headers().entrySet()) {
        response = response.with(header.getKey(), header.getValue());
      }
      return response;
    } catch (InvalidOptionsException e) {
      return Problem.of(e).toResponse();
    } catch (SdkException e) {
      LOG.log(Level.ERROR, "AWS did not answer", e);
      return new Problem(503, "UNAVAILABLE", "The table does not answer now; try again soon.")
          .toResponse()
          .with("retry-after", "1");
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A request failed", e);
      return new Problem(500, "INTERNAL", "Something went wrong here; it is in the log.")
          .toResponse();
    }
  }

  private void requireReadable(ApiRequest request) {
    if (!Set.of("", "identity").contains(request.header("content-encoding"))) {
      throw new ApiException(
          415, "UNSUPPORTED_ENCODING", "Send the body as it is, without Content-Encoding.");
    }
    if (request.body().length > settings.maxBodyBytes()) {
      throw new ApiException(
          413,
          "BODY_TOO_LARGE",
          "The body has %,d bytes; through the gateway come at most %,d. POST /uploads gives leave to put a larger file into the bucket."
              .formatted(request.body().length, settings.maxBodyBytes()));
    }
  }
}
