package dev.bucketlens.fetch;

/** Why a URL was not fetched. The names are stable: callers of the API see them as codes. */
public enum FetchError {
  /** Fetching URLs is switched off in this deployment. */
  DISABLED,
  /** The text is no absolute URL with a host in canonical form. */
  BAD_URL,
  /** Neither {@code http} nor {@code https}. */
  SCHEME_NOT_ALLOWED,
  /** The URL carries a user name or a password. */
  CREDENTIALS_IN_URL,
  /** The port is not one of the configured ones. */
  PORT_NOT_ALLOWED,
  /** The host is on the deny list, or an allow list exists and the host is not on it. */
  HOST_NOT_ALLOWED,
  /** The name has no address. */
  HOST_NOT_FOUND,
  /** The host is, or its name resolves to, an address that is not public. */
  ADDRESS_NOT_PUBLIC,
  /** One redirect more than allowed. */
  TOO_MANY_REDIRECTS,
  /** The server answered with another status than 200 or a redirect. */
  BAD_STATUS,
  /** The body is compressed in a way that was not asked for and is not understood. */
  UNSUPPORTED_ENCODING,
  /** The body is longer than the limit. */
  TOO_LARGE,
  /** The deadline passed before the last byte came. */
  TIMED_OUT,
  /** The server's certificate is not valid for the name. */
  TLS_FAILED,
  /** No connection, or one that broke. */
  UNREACHABLE
}
