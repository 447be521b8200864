package io.tocsin.alerting.notify.channel;

import java.net.URI;

/** What the records of several channels check of themselves. */
public final class Checks {

  private Checks() {}

  /**
   * Goes on if it holds.
   *
   * @throws IllegalArgumentException with the message, if it does not
   */
  public static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * An address of a web server, without the slash at its end.
   *
   * @throws IllegalArgumentException naming the key, if it is none
   */
  public static URI web(String key, URI uri) {
    require(uri != null, key + " is missing");
    boolean isWeb =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    require(
        isWeb && uri.getHost() != null && uri.getRawUserInfo() == null,
        key + " must be an address such as https://example.org, without a user's name");
    require(uri.getRawFragment() == null, key + " must not have a part after #");
    String text = uri.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
  }
}
