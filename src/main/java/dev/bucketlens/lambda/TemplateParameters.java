package dev.bucketlens.lambda;

import static java.util.Map.entry;

import java.util.Map;

/**
 * Which parameter of {@code template.yaml} sets which environment variable. Whoever deploys knows
 * the parameter, and the log of a function that does not start is where the variable is read.
 */
final class TemplateParameters {

  static final Map<String, String> BY_VARIABLE =
      Map.ofEntries(
          entry("BUCKET", "ExistingBucket"),
          entry("MODEL", "Model"),
          entry("MAX_RESULTS", "MaxResults"),
          entry("MIN_SCORE", "MinScore"),
          entry("INCLUDE_LABELS", "IncludeLabels"),
          entry("EXCLUDE_LABELS", "ExcludeLabels"),
          entry("MAX_IMAGE_BYTES", "MaxImageBytes"),
          entry("MAX_IMAGE_PIXELS", "MaxImagePixels"),
          entry("CORS_ORIGIN", "CorsOrigin"),
          entry("UPLOAD_PREFIX", "KeyPrefix"),
          entry("KEY_SUFFIX", "KeySuffix"),
          entry("UPLOADS", "PublicUploads"),
          entry("PREVIEWS", "PublicPreviews"),
          entry("API_ACCESS", "ApiAccess"),
          entry("SIGN_IN_ISSUER", "JwtIssuer"),
          entry("SIGN_IN_AUDIENCE", "JwtAudience"),
          entry("SIGN_IN_CLIENT", "JwtClientId"),
          entry("URL_FETCH", "UrlFetch"),
          entry("FETCH_ALLOW_HOSTS", "UrlAllowHosts"),
          entry("FETCH_DENY_HOSTS", "UrlDenyHosts"));

  private TemplateParameters() {}

  /** The variable's name, and the parameter's where there is one: how an error tells a setting. */
  static String name(String variable) {
    String parameter = BY_VARIABLE.get(variable);
    return parameter == null ? variable : variable + " (template parameter " + parameter + ")";
  }
}
