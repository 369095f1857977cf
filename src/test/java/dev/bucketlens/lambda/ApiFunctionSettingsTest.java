package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.api.Access;
import dev.bucketlens.api.IdentityProvider;
import dev.bucketlens.fetch.DestinationLimits;
import dev.bucketlens.fetch.FetchLimits;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiFunctionSettingsTest {

  private static ApiFunctionSettings read(Map<String, String> more) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "BUCKET", "photos",
                "TABLE", "results",
                "AWS_REGION", "eu-central-1",
                "API_ACCESS", "public"));
    variables.putAll(more);
    return ApiFunctionSettings.from(variables, Settings.from(variables));
  }

  @Test
  void from_shouldFetchFromThePublicWebOnly_whenNothingIsSaid() {
    ApiFunctionSettings settings = read(Map.of());

    assertThat(settings.fetch().enabled()).isTrue();
    assertThat(settings.fetch().destinations()).isEqualTo(DestinationLimits.publicWeb());
    assertThat(settings.fetch().limits()).isEqualTo(FetchLimits.defaults());
    assertThat(settings.api().corsOrigin()).isNull();
  }

  @Test
  void from_shouldTakeTheOrigin_whenItIsOne() {
    assertThat(read(Map.of("CORS_ORIGIN", "http://localhost:3000")).api().corsOrigin())
        .isEqualTo(URI.create("http://localhost:3000"));
  }

  @Test
  void from_shouldKnowThePageAsTheAudience_whenItHasNoNameOfItsOwn() {
    ApiFunctionSettings settings =
        read(
            Map.of(
                "API_ACCESS", "jwt",
                "SIGN_IN_ISSUER", "https://login.example:8443/friends/",
                "SIGN_IN_AUDIENCE", "photos"));

    assertThat(settings.api().access())
        .isEqualTo(
            new Access.Token(
                new IdentityProvider(
                    URI.create("https://login.example:8443/friends/"), "photos", "photos", null)));
    assertThat(settings.providerFetch().destinations().ports()).contains(8443);
    assertThat(settings.fetch().destinations().ports()).doesNotContain(8443);
  }

  @Test
  void from_shouldNeedAnIssuer_whenUsersSignIn() {
    assertThatThrownBy(() -> read(Map.of("API_ACCESS", "signin", "SIGN_IN_AUDIENCE", "page")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("SIGN_IN_ISSUER (template parameter JwtIssuer) is ''");
  }

  @Test
  void from_shouldKnowAHostAsUrlsWriteIt_whenAListWritesItOtherwise() {
    assertThat(
            read(Map.of("FETCH_DENY_HOSTS", "Bücher.example, UPPER.example., [::1], my_host"))
                .fetch()
                .destinations()
                .deniedHosts())
        .containsExactlyInAnyOrder("xn--bcher-kva.example", "upper.example", "[::1]", "my_host");
  }

  @Test
  void from_shouldShowAndTakeNothing_whenNothingIsSaid() {
    assertThat(read(Map.of()).api().bucket().uploads()).isFalse();
    assertThat(read(Map.of()).api().bucket().previews()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CORS_ORIGIN           | *                 | CORS_ORIGIN (template parameter CorsOrigin) is '*'; expected an address such as https://photos.example.com.
          CORS_ORIGIN           | photos.example    | CORS_ORIGIN (template parameter CorsOrigin) is 'photos.example'; expected an address such as https://photos.example.com.
          CORS_ORIGIN           | https://a.example/ | CORS_ORIGIN (template parameter CorsOrigin) is 'https://a.example/'; expected no more than scheme and host, like https://photos.example.com.
          FETCH_ALLOW_HOSTS     | https://a.example | FETCH_ALLOW_HOSTS (template parameter UrlAllowHosts): "https://a.example" is no host: write it like example.com, which stands for its subdomains too.
          FETCH_DENY_HOSTS      | *.a.example       | FETCH_DENY_HOSTS (template parameter UrlDenyHosts): "*.a.example" is no host: write it like example.com, which stands for its subdomains too.
          FETCH_DENY_HOSTS      | a.example,b.example:80 | FETCH_DENY_HOSTS (template parameter UrlDenyHosts): "b.example:80" is no host: write it like example.com, which stands for its subdomains too.
          FETCH_DENY_HOSTS      | .a.example        | FETCH_DENY_HOSTS (template parameter UrlDenyHosts): ".a.example" is no host: write it like example.com, which stands for its subdomains too.
          FETCH_DENY_HOSTS      | a.example/path    | FETCH_DENY_HOSTS (template parameter UrlDenyHosts): "a.example/path" is no host: write it like example.com, which stands for its subdomains too.
          FETCH_PORTS           | 443,70000         | FETCH_PORTS has '70000'; expected port numbers like 80,443.
          FETCH_ALLOW_NETWORKS  | my-vpc            | FETCH_ALLOW_NETWORKS: Network "my-vpc" is not in CIDR form: write it like 10.0.0.0/8 or fd00::/8.
          FETCH_TIMEOUT_SECONDS | 60                | FETCH_TIMEOUT_SECONDS is '60'; expected a whole number from 1 to 25.
          API_ACCESS            | all               | API_ACCESS (template parameter ApiAccess) is 'all'; expected signin, jwt, iam or public.
          URL_FETCH             | maybe             | URL_FETCH (template parameter UrlFetch) is 'maybe'; expected on or off.
          """)
  void from_shouldNameVariableValueAndExpectation_whenOneIsWrong(
      String name, String value, String message) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(SettingException.class)
        .hasMessage("Environment variable " + message);
  }
}
