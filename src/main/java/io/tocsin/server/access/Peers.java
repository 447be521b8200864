package io.tocsin.server.access;

import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/**
 * Where a request comes from. What a proxy says of that counts only if it is one of the operator's
 * own; anybody can write such headers.
 *
 * @param proxies addresses of the operator's proxies
 */
public record Peers(Set<String> proxies) {

  /** Nobody stands between. */
  public static final Peers DIRECT = new Peers(Set.of());

  private static final Set<String> LOOPBACK =
      Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1", "[::1]");
  private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final List<String> PASSED_ON =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  /** Copies the addresses. */
  public Peers {
    proxies = Set.copyOf(proxies);
  }

  /** The address that asks; behind a trusted proxy, the one that this has seen. */
  public String address(Context context) {
    String direct = context.ip();
    String forwarded = context.header("X-Forwarded-For");
    if (!proxies.contains(direct) || forwarded == null) {
      return direct;
    }
    // The last entry is the proxy's own word; those before it may be the client's.
    String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    return last.isEmpty() || last.length() > 64 ? direct : last;
  }

  /** Whether the client's end of the connection is encrypted. */
  public boolean isHttps(Context context) {
    return context.req().isSecure()
        || proxies.contains(context.ip())
            && "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
  }

  /**
   * Whether it comes from this very machine, of its own accord: neither through a proxy that runs
   * here, nor under a name that other machines use.
   */
  public boolean isLocal(Context context) {
    return LOOPBACK.contains(context.ip())
        && LOOPBACK_NAMES.contains(host(context.host()))
        && PASSED_ON.stream().allMatch(name -> context.header(name) == null);
  }

  /** A host without its port, in small letters. */
  public static String host(String hostAndPort) {
    return hostAndPort == null
        ? ""
        : hostAndPort.replaceFirst(":\\d+$", "").toLowerCase(java.util.Locale.ROOT);
  }
}
