package io.tocsin.collectors.network;

import io.tocsin.schemas.ProbeKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A GET over HTTP/1.1 on a connection of its own; redirects are not followed, no proxy is used.
 *
 * @param url http or https, with a host and without user name or fragment
 * @param statusFrom lowest status that means UP; default 200
 * @param statusTo highest status that means UP; default 299
 * @param verify whether a certificate that is not trusted, or is another host's, means DOWN;
 *     default true
 * @param caFile PEM file of the certificates that are trusted; default: those the JVM trusts
 * @param maxBody bytes of the body that are read, 0 to 64 MiB; default 1 MiB
 */
public record HttpTarget(
    URI url, Integer statusFrom, Integer statusTo, Boolean verify, Path caFile, Integer maxBody)
    implements PathTarget {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public HttpTarget {
    if (url == null || url.getHost() == null || !scheme(url).matches("https?")) {
      throw new IllegalArgumentException(
          "url must look like http://host:port/path or https://host/path");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null || url.getPort() > 65_535) {
      throw new IllegalArgumentException(
          "url of host '%s' must have no user name, no fragment and a port up to 65535"
              .formatted(url.getHost()));
    }
    statusFrom = Checks.within("status-from", statusFrom, 200, 100, 599);
    statusTo = Checks.within("status-to", statusTo, 299, statusFrom, 599);
    verify = verify == null || verify;
    maxBody = Checks.within("max-body", maxBody, 1 << 20, 0, 1 << 26);
  }

  private static String scheme(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
  }

  boolean secure() {
    return scheme(url).equals("https");
  }

  @Override
  public String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return url.getPort() > 0 ? url.getPort() : secure() ? 443 : 80;
  }

  /** The request, byte by byte what is sent. */
  String request() {
    String path = url.toASCIIString().substring(url.toASCIIString().indexOf("//") + 2);
    int slash = path.indexOf('/');
    int query = path.indexOf('?');
    boolean noPath = slash < 0 || query >= 0 && query < slash;
    String asked = noPath ? "/" + (query < 0 ? "" : path.substring(query)) : path.substring(slash);
    return "GET "
        + asked
        + " HTTP/1.1\r\nHost: "
        + url.getRawAuthority()
        + "\r\nUser-Agent: tocsin-network-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  }

  @Override
  public String describe() {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return scheme(url) + "://" + url.getRawAuthority() + path;
  }

  @Override
  public ProbeKind kind() {
    return ProbeKind.HTTP;
  }
}
