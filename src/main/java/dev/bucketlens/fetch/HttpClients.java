package dev.bucketlens.fetch;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;

/** Builds the HTTP client with everything off that a fetch for a stranger must not do. */
final class HttpClients {

  /** Names the project, so that a server's owner can tell who came. */
  static final String USER_AGENT = "Bucketlens/0.1 (image classification on request)";

  private static final int MAX_CONNECTIONS = 64;

  private HttpClients() {}

  static CloseableHttpClient create(
      DnsResolver resolver, FetchLimits limits, Supplier<SSLContext> authorities) {
    UrlTls tls = new UrlTls(authorities);
    Timeout deadline = Timeout.of(limits.deadline());
    RequestConfig requests =
        RequestConfig.custom()
            .setConnectionRequestTimeout(deadline)
            .setResponseTimeout(deadline)
            .setProtocolUpgradeEnabled(false)
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections(resolver, limits, tls))
        .setDefaultRequestConfig(requests)
        // A connection is used once: a kept one would outlive the check of its address.
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setUserAgent(USER_AGENT)
        .setDefaultHeaders(
            List.of(
                new BasicHeader(HttpHeaders.ACCEPT, "image/*"),
                new BasicHeader(HttpHeaders.ACCEPT_ENCODING, "identity")))
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        // Nothing else is tried again.
        .setRetryStrategy(tls)
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      DnsResolver resolver, FetchLimits limits, UrlTls tls) {
    Http1Config headers =
        Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(200).build();
    ConnectionConfig timeouts =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(limits.connectTimeout()))
            .setSocketTimeout(Timeout.of(limits.deadline()))
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver)
        .setTlsSocketStrategy(tls)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(headers).build())
        .setDefaultConnectionConfig(timeouts)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS)
        .build();
  }
}
