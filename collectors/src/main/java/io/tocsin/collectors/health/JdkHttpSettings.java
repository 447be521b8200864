package io.tocsin.collectors.health;

/**
 * Settings of the JDK's HTTP client that exist as system properties only. The JDK reads them once,
 * when the first client of the process is made: a program that makes one elsewhere sets them itself
 * at its start.
 */
final class JdkHttpSettings {

  private static final String ALLOWED = "jdk.httpclient.allowRestrictedHeaders";
  private static final String NO_RETRY = "jdk.httpclient.disableRetryConnect";

  private JdkHttpSettings() {}

  static void prepare() {
    String allowed = System.getProperty(ALLOWED);
    if (allowed == null) {
      System.setProperty(ALLOWED, "connection");
    } else if (!allowed.contains("connection")) {
      System.setProperty(ALLOWED, allowed + ",connection");
    }
    // Or it tries a refused connection again on the closed channel, and what the system said is
    // lost: "connection refused" could no longer be told from "too many open files".
    System.setProperty(NO_RETRY, "true");
  }
}
