package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.testing.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * URLs that must never be fetched, against a real server on loopback that would answer each of them
 * with 200. PORT stands for that server's port, which the settings allow.
 *
 * <p>Sources: PATT = swisskyrepo/PayloadsAllTheThings, "Server Side Request Forgery"; Tsai = Orange
 * Tsai, "A New Era of SSRF", Black Hat 2017; OWASP = OWASP SSRF prevention cheat sheet; AWS, GCP,
 * Azure, Oracle, Alibaba = where those clouds document their metadata services; RFC = the special
 * range that the RFC defines; own = thought of here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileUrlTest {

  private final AtomicInteger hits = new AtomicInteger();
  private HttpServer server;
  private UrlFetcher strict;
  private UrlFetcher trustingLoopback;

  @BeforeAll
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/redirect")) {
            exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(302, -1);
          } else {
            hits.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
          }
          exchange.close();
        });
    server.start();
    strict = UrlFetcher.create(settings(List.of()), names());
    trustingLoopback = UrlFetcher.create(settings(Loopback.NETWORKS), names());
  }

  private FetchSettings settings(List<Network> allowed) {
    return new FetchSettings(
        true,
        new DestinationLimits(Set.of(80, 443, port()), Set.of(), Set.of(), allowed),
        Loopback.limits(1000, Duration.ofSeconds(20)));
  }

  @AfterAll
  void stop() {
    strict.close();
    trustingLoopback.close();
    server.stop(0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void fetch_shouldRefuseWithoutAConnection_whenTheUrlIsHostile(
      String url, FetchError expected, String source) {
    int before = hits.get();

    FetchException refusal = refusal(strict, url);

    assertThat(refusal.code()).as("%s (%s)", url, source).isEqualTo(expected);
    assertThat(hits).hasValue(before);
  }

  @ParameterizedTest(name = "redirect to {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.2:PORT/                    | ADDRESS_NOT_PUBLIC
          http://169.254.169.254/latest/meta-data/  | ADDRESS_NOT_PUBLIC
          http://[::1]:PORT/                        | ADDRESS_NOT_PUBLIC
          http://[::ffff:10.0.0.1]:PORT/            | ADDRESS_NOT_PUBLIC
          http://private.example:PORT/              | ADDRESS_NOT_PUBLIC
          http://2130706433:PORT/                   | BAD_URL
          //169.254.169.254/latest/meta-data/       | ADDRESS_NOT_PUBLIC
          http://good.example:22/                   | PORT_NOT_ALLOWED
          http://user@good.example:PORT/            | CREDENTIALS_IN_URL
          file:///etc/passwd                        | SCHEME_NOT_ALLOWED
          gopher://good.example:PORT/_x             | SCHEME_NOT_ALLOWED
          jar:http://good.example!/                 | SCHEME_NOT_ALLOWED
          http://good example/                      | BAD_URL
          """)
  void fetch_shouldRefuse_whenAnAllowedServerRedirectsToAHostileUrl(
      String target, FetchError expected) {
    int before = hits.get();

    FetchException refusal =
        refusal(trustingLoopback, "http://good.example:PORT/redirect?" + target);

    assertThat(refusal.code()).isEqualTo(expected);
    assertThat(hits).hasValue(before);
  }

  @Test
  void fetch_shouldReachTheServer_whenItsAddressIsAllowed() throws Exception {
    String url = "http://good.example:PORT/a.jpg".replace("PORT", String.valueOf(port()));

    assertThat(trustingLoopback.fetch(url)).asString().isEqualTo("ok");
  }

  /** Rebinding: the second answer is private, and there is no request on the first one's check. */
  @Test
  void fetch_shouldUseTheCheckedAnswerOnly_whenANameChangesItsAddress() throws Exception {
    TestNames names =
        new TestNames().with("rebind.example", "127.0.0.1").with("rebind.example", "10.0.0.1");
    FetchSettings settings = Loopback.settings(port(), 1000, Duration.ofSeconds(20));
    String url = "http://rebind.example:" + port() + "/";

    try (UrlFetcher fetcher = UrlFetcher.create(settings, names)) {
      assertThat(fetcher.fetch(url)).asString().isEqualTo("ok");
      assertThat(names.asked()).containsExactly("rebind.example");
      assertThat(refusal(fetcher, url).code()).isEqualTo(FetchError.ADDRESS_NOT_PUBLIC);
    }
  }

  private FetchException refusal(UrlFetcher fetcher, String url) {
    String real = url.replace("PORT", String.valueOf(port()));
    return catchThrowableOfType(FetchException.class, () -> fetcher.fetch(real));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static TestNames names() {
    return new TestNames()
        .with("good.example", "127.0.0.1")
        .with("private.example", "192.168.1.10")
        .with("localhost", "127.0.0.1", "::1")
        .with("localtest.me", "127.0.0.1", "::1")
        .with("spoofed.burpcollaborator.net", "127.0.0.1")
        .with("customer1.app.localhost.my.company.127.0.0.1.nip.io", "127.0.0.1")
        .with("mail.ebc.apple.com", "127.0.0.6")
        .with("169.254.169.254.nip.io", "169.254.169.254")
        .with("metadata.google.internal", "169.254.169.254")
        .with("make-1.2.3.4-rebind-169.254-169.254-rr.1u.ms", "1.2.3.4", "169.254.169.254")
        .with("mapped.example", "::ffff:127.0.0.1")
        .with("nat64.example", "64:ff9b::7f00:1")
        .with("ula.example", "fd12:3456:789a::1")
        .with("mixed.example", "93.184.215.14", "127.0.0.1")
        .with("mixed6.example", "2606:2800:220::1", "::1");
  }

  private static final String TABLE =
      """
      http://127.0.0.1:PORT/                               | ADDRESS_NOT_PUBLIC | PATT localhost
      http://0.0.0.0:PORT/                                 | ADDRESS_NOT_PUBLIC | PATT localhost
      http://localhost:PORT/                               | ADDRESS_NOT_PUBLIC | PATT localhost
      http://LOCALHOST.:PORT/                              | ADDRESS_NOT_PUBLIC | own: case, root dot
      https://127.0.0.1:PORT/                              | ADDRESS_NOT_PUBLIC | PATT https
      https://localhost:PORT/                              | ADDRESS_NOT_PUBLIC | PATT https
      http://[::]:PORT/                                    | ADDRESS_NOT_PUBLIC | PATT [::]
      http://[::1]:PORT/                                   | ADDRESS_NOT_PUBLIC | PATT [::]
      http://[0000::1]:PORT/                               | ADDRESS_NOT_PUBLIC | PATT [::]
      http://0000::1:PORT/                                 | BAD_URL            | PATT [::]
      http://spoofed.burpcollaborator.net:PORT/            | ADDRESS_NOT_PUBLIC | PATT domain
      http://localtest.me:PORT/                            | ADDRESS_NOT_PUBLIC | PATT domain
      http://customer1.app.localhost.my.company.127.0.0.1.nip.io:PORT/ | ADDRESS_NOT_PUBLIC | PATT domain
      http://mail.ebc.apple.com:PORT/                      | ADDRESS_NOT_PUBLIC | PATT domain
      http://127.127.127.127:PORT/                         | ADDRESS_NOT_PUBLIC | PATT CIDR
      http://127.0.1.3:PORT/                               | ADDRESS_NOT_PUBLIC | PATT CIDR
      http://127.0.0.0:PORT/                               | ADDRESS_NOT_PUBLIC | PATT CIDR
      http://2130706433:PORT/                              | BAD_URL            | PATT decimal
      http://3232235521:PORT/                              | BAD_URL            | PATT decimal
      http://2852039166:PORT/                              | BAD_URL            | PATT decimal
      http://0177.0.0.1:PORT/                              | BAD_URL            | PATT octal
      http://o177.0.0.1:PORT/                              | BAD_URL            | PATT octal
      http://0o177.0.0.1:PORT/                             | BAD_URL            | PATT octal
      http://q177.0.0.1:PORT/                              | BAD_URL            | PATT octal
      http://017700000001:PORT/                            | BAD_URL            | OWASP octal
      http://0x7f000001:PORT/                              | BAD_URL            | OWASP hex
      http://0x7f.0x0.0x0.0x1:PORT/                        | BAD_URL            | OWASP hex
      http://0xa9fea9fe:PORT/                              | BAD_URL            | OWASP hex
      http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/              | ADDRESS_NOT_PUBLIC | PATT embedding
      http://[::ffff:7f00:1]:PORT/                         | ADDRESS_NOT_PUBLIC | PATT embedding
      http://[::ffff:169.254.169.254]:PORT/                | ADDRESS_NOT_PUBLIC | PATT embedding
      http://[::127.0.0.1]:PORT/                           | ADDRESS_NOT_PUBLIC | RFC 4291 IPv4-compatible
      http://[64:ff9b::127.0.0.1]:PORT/                    | ADDRESS_NOT_PUBLIC | RFC 6052 NAT64
      http://[64:ff9b::a9fe:a9fe]:PORT/                    | ADDRESS_NOT_PUBLIC | RFC 6052 NAT64
      http://[64:ff9b:1::7f00:1]:PORT/                     | ADDRESS_NOT_PUBLIC | RFC 8215 local NAT64
      http://[2002:7f00:1::]:PORT/                         | ADDRESS_NOT_PUBLIC | RFC 3056 6to4
      http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:PORT/  | ADDRESS_NOT_PUBLIC | RFC 4380 Teredo
      http://[fe80::1]:PORT/                               | ADDRESS_NOT_PUBLIC | RFC 4291 link-local
      http://[fe80::1%25eth0]:PORT/                        | BAD_URL            | RFC 6874 zone
      http://[fd00:ec2::254]/latest/meta-data/             | ADDRESS_NOT_PUBLIC | AWS
      http://[fc00::1]:PORT/                               | ADDRESS_NOT_PUBLIC | RFC 4193 ULA
      http://[fec0::1]:PORT/                               | ADDRESS_NOT_PUBLIC | RFC 3879 site-local
      http://[ff02::1]:PORT/                               | ADDRESS_NOT_PUBLIC | RFC 4291 multicast
      http://[100::1]:PORT/                                | ADDRESS_NOT_PUBLIC | RFC 6666 discard
      http://[2001:db8::1]:PORT/                           | ADDRESS_NOT_PUBLIC | RFC 3849 documentation
      http://[5f00::1]:PORT/                               | ADDRESS_NOT_PUBLIC | RFC 9602 segment routing
      http://169.254.169.254/latest/meta-data/iam/security-credentials/ | ADDRESS_NOT_PUBLIC | AWS
      http://169.254.170.2/v2/credentials                  | ADDRESS_NOT_PUBLIC | AWS containers
      http://169.254.169.254.nip.io/                       | ADDRESS_NOT_PUBLIC | PATT cloud
      http://metadata.google.internal/computeMetadata/v1/  | ADDRESS_NOT_PUBLIC | GCP
      http://168.63.129.16/machine?comp=goalstate          | ADDRESS_NOT_PUBLIC | Azure
      http://192.0.0.192/latest/                           | ADDRESS_NOT_PUBLIC | Oracle
      http://100.100.100.200/latest/meta-data/             | ADDRESS_NOT_PUBLIC | Alibaba
      http://127.0.0.1:9001/2018-06-01/runtime/invocation/next | PORT_NOT_ALLOWED | AWS Lambda runtime API
      http://10.0.0.1/                                     | ADDRESS_NOT_PUBLIC | RFC 1918
      http://172.31.255.254/                               | ADDRESS_NOT_PUBLIC | RFC 1918
      http://192.168.0.1/                                  | ADDRESS_NOT_PUBLIC | RFC 1918
      http://198.18.0.1/                                   | ADDRESS_NOT_PUBLIC | RFC 2544 benchmarking
      http://203.0.113.1/                                  | ADDRESS_NOT_PUBLIC | RFC 5737 documentation
      http://224.0.0.1/                                    | ADDRESS_NOT_PUBLIC | RFC 5771 multicast
      http://255.255.255.255/                              | ADDRESS_NOT_PUBLIC | RFC 919 broadcast
      localhost:+11211aaa                                  | SCHEME_NOT_ALLOWED | PATT malformed
      localhost:00011211aaaa                               | SCHEME_NOT_ALLOWED | PATT malformed
      http://0/                                            | BAD_URL            | PATT rare
      http://127.1:PORT/                                   | BAD_URL            | PATT rare
      http://127.0.1:PORT/                                 | BAD_URL            | PATT rare
      http://127.0.0.1:PORT/%61dmin                        | ADDRESS_NOT_PUBLIC | PATT URL encoding
      http://%6c%6f%63%61%6c%68%6f%73%74:PORT/             | BAD_URL            | PATT URL encoding
      http://127.0.0.1%00.example.com/                     | BAD_URL            | OWASP null byte
      'http://1.1.1.1 &@2.2.2.2# @3.3.3.3/'                | BAD_URL            | PATT combination
      http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/                               | BAD_URL            | PATT enclosed
      http://①②⑦.⓪.⓪.①:PORT/                               | BAD_URL            | PATT enclosed
      http://127。0。0。1:PORT/                             | BAD_URL            | own: ideographic stops
      http://๑๒๗.๐.๐.๑:PORT/                               | BAD_URL            | PATT unicode digits
      0://evil.com:80;http://google.com:80/                | BAD_URL            | PATT filter_var
      http://127.1.1.1:80\\@127.2.2.2:80/                  | BAD_URL            | Tsai
      http://127.1.1.1:80\\@@127.2.2.2:80/                 | BAD_URL            | Tsai
      http://127.1.1.1:80:\\@@127.2.2.2:80/                | BAD_URL            | Tsai
      http://127.1.1.1:80#\\@127.2.2.2:80/                 | BAD_URL            | Tsai
      http://good.example@127.0.0.1:PORT/                  | CREDENTIALS_IN_URL | Tsai
      http://user:password@good.example:PORT/              | CREDENTIALS_IN_URL | OWASP
      http://foo@127.0.0.1:PORT@good.example/              | CREDENTIALS_IN_URL | Tsai
      http://127.0.0.1:11211:80/                           | BAD_URL            | Tsai
      http://make-1.2.3.4-rebind-169.254-169.254-rr.1u.ms/ | ADDRESS_NOT_PUBLIC | PATT rebinding
      http://mixed.example:PORT/                           | ADDRESS_NOT_PUBLIC | own: one address private
      http://mixed6.example:PORT/                          | ADDRESS_NOT_PUBLIC | own: one address private
      http://mapped.example:PORT/                          | ADDRESS_NOT_PUBLIC | own: AAAA mapped
      http://nat64.example:PORT/                           | ADDRESS_NOT_PUBLIC | own: AAAA NAT64
      http://ula.example:PORT/                             | ADDRESS_NOT_PUBLIC | own: AAAA ULA
      http://nowhere.example:PORT/                         | HOST_NOT_FOUND     | own
      jar:http://127.0.0.1!/                               | SCHEME_NOT_ALLOWED | PATT jar
      file:///etc/passwd                                   | SCHEME_NOT_ALLOWED | PATT file
      dict://attacker:11111/                               | SCHEME_NOT_ALLOWED | PATT dict
      sftp://evil.com:11111/                               | SCHEME_NOT_ALLOWED | PATT sftp
      tftp://evil.com:12346/TESTUDPPACKET                  | SCHEME_NOT_ALLOWED | PATT tftp
      ldap://localhost:11211/%0astats%0aquit               | SCHEME_NOT_ALLOWED | PATT ldap
      gopher://127.0.0.1:25/xHELO%20localhost              | SCHEME_NOT_ALLOWED | PATT gopher
      netdoc:///etc/passwd                                 | SCHEME_NOT_ALLOWED | PATT netdoc
      ftp://good.example/a.jpg                             | SCHEME_NOT_ALLOWED | OWASP
      data:image/png;base64,AAAA                           | SCHEME_NOT_ALLOWED | own
      http://good.example:22/                              | PORT_NOT_ALLOWED   | PATT ports
      http://good.example:6379/                            | PORT_NOT_ALLOWED   | PATT Redis
      http://good.example:65536/                           | PORT_NOT_ALLOWED   | own
      http:///etc/passwd                                   | BAD_URL            | own: no host
      http://                                              | BAD_URL            | own: no host
      //good.example/                                      | SCHEME_NOT_ALLOWED | own: no scheme
      /etc/passwd                                          | SCHEME_NOT_ALLOWED | own: no scheme
      """;
}
