package io.tocsin.server.http;

import io.javalin.http.Context;
import io.tocsin.server.access.Peers;
import java.net.URI;
import java.util.Locale;

/**
 * Tells requests of our own pages and of programs from those that a page from elsewhere makes a
 * browser send. Browsers say in {@code Origin} where a page is from and no page can change that;
 * programs do not send it.
 */
public final class SameOrigin {

  private SameOrigin() {}

  /** Whether a request comes from a page that is not ours. */
  public static boolean isForeign(Context context, Peers peers) {
    if ("cross-site".equals(context.header("Sec-Fetch-Site"))) {
      return true;
    }
    String origin = context.header("Origin");
    if (origin == null) {
      return false;
    }
    URI from = uri(origin);
    String host = context.host() == null ? "" : context.host().toLowerCase(Locale.ROOT);
    return from == null
        || from.getAuthority() == null
        || !from.getAuthority().toLowerCase(Locale.ROOT).equals(host)
        || peers.isHttps(context) && !"https".equalsIgnoreCase(from.getScheme());
  }

  private static URI uri(String origin) {
    try {
      return URI.create(origin);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
