package io.tocsin.collectors.health;

import java.net.URI;

/** What a health check asks. */
public sealed interface Target {

  /** Name or address that is connected to. */
  String hostName();

  /** Port that is connected to. */
  int portNumber();

  /** For people; without the query of a URL, which may hold a secret. */
  String describe();

  /**
   * A GET over HTTP/1.1, redirects not followed, no proxy.
   *
   * @param url http or https, with a host and without user name or fragment
   * @param statusFrom lowest status that means UP; default 200
   * @param statusTo highest status that means UP; default 299
   * @param bodyContains text that must stand in the first 64 KiB of the body, as UTF-8; default:
   *     the body is not read
   */
  record Http(URI url, Integer statusFrom, Integer statusTo, String bodyContains)
      implements Target {

    /**
     * Fills defaults in.
     *
     * @throws IllegalArgumentException if a value is outside what is documented
     */
    public Http {
      if (url == null || url.getHost() == null || !isHttp(url)) {
        throw new IllegalArgumentException(
            "url '" + url + "' must look like http://host:port/path or https://host/path");
      }
      if (url.getUserInfo() != null || url.getFragment() != null) {
        throw new IllegalArgumentException(
            "url of host '" + url.getHost() + "' must have neither user name nor fragment");
      }
      statusFrom = statusFrom == null ? Integer.valueOf(200) : statusFrom;
      statusTo = statusTo == null ? Integer.valueOf(299) : statusTo;
      if (statusFrom < 100 || statusTo > 599 || statusFrom > statusTo) {
        throw new IllegalArgumentException(
            "expected status %d-%d must be a range within 100-599".formatted(statusFrom, statusTo));
      }
      if (bodyContains != null && (bodyContains.isEmpty() || bodyContains.length() > 1024)) {
        throw new IllegalArgumentException("body-contains must have 1 to 1024 characters");
      }
    }

    /** Any status from 200 to 299, any body. */
    public Http(URI url) {
      this(url, null, null, null);
    }

    private static boolean isHttp(URI url) {
      return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    @Override
    public String hostName() {
      String host = url.getHost();
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public int portNumber() {
      if (url.getPort() >= 0) {
        return url.getPort();
      }
      return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    @Override
    public String describe() {
      String path = url.getRawPath() == null ? "" : url.getRawPath();
      return url.getScheme() + "://" + url.getRawAuthority() + path;
    }
  }

  /**
   * A TCP connection, closed as soon as it is open.
   *
   * @param host name or address
   * @param port 1 to 65535
   */
  record Tcp(String host, int port) implements Target {

    /**
     * A target.
     *
     * @throws IllegalArgumentException if a value is outside what is documented
     */
    public Tcp {
      if (host == null || host.isBlank()) {
        throw new IllegalArgumentException("host is missing");
      }
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " must be from 1 to 65535");
      }
    }

    @Override
    public String hostName() {
      return host;
    }

    @Override
    public int portNumber() {
      return port;
    }

    @Override
    public String describe() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }
}
