package io.tocsin.collectors.app.receiver;

import io.tocsin.schemas.Tier;
import io.tocsin.schemas.tls.ServerTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where figures that others send are taken in. A null component takes its default.
 *
 * @param bind IP address to listen on, or {@code localhost}; default 127.0.0.1
 * @param port port to listen on, 0 for any that is free; default 8186
 * @param tokenFile file with the token that senders must present; needed unless bound to loopback;
 *     default: none
 * @param tls what the port shows of itself, and whose certificates senders have to show; default:
 *     none, and tokens cross the network as they are
 * @param interval time between two passes, 100 ms to 1 min; default 1 s
 * @param requestTimeout longest time for a sender to get a request across and take the answer, 1 s
 *     to 1 min; default 10 s
 * @param bodyLimit most bytes of a body, inflated; default 10 MiB
 * @param queueLimit most figures that wait for the next pass; default 50,000
 * @param service name of the service that figures belong to that name none; default {@code unknown}
 * @param tier whether services are CORE; default: UNSPECIFIED
 * @param keepUnmapped whether figures that no mapping rule knows are kept; default: true, because
 *     somebody sends them on purpose
 */
public record ReceiverConfig(
    String bind,
    Integer port,
    Path tokenFile,
    ServerTls tls,
    Duration interval,
    Duration requestTimeout,
    Integer bodyLimit,
    Integer queueLimit,
    String service,
    Tier tier,
    Boolean keepUnmapped) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** One that takes figures over plain HTTP. */
  public ReceiverConfig(
      String bind,
      Integer port,
      Path tokenFile,
      Duration interval,
      Duration requestTimeout,
      Integer bodyLimit,
      Integer queueLimit,
      String service,
      Tier tier,
      Boolean keepUnmapped) {
    this(
        bind,
        port,
        tokenFile,
        null,
        interval,
        requestTimeout,
        bodyLimit,
        queueLimit,
        service,
        tier,
        keepUnmapped);
  }

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public ReceiverConfig {
    bind = bind == null ? "127.0.0.1" : bind;
    port = port == null ? Integer.valueOf(8186) : port;
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    requestTimeout = requestTimeout == null ? Duration.ofSeconds(10) : requestTimeout;
    bodyLimit = bodyLimit == null ? Integer.valueOf(10 * 1024 * 1024) : bodyLimit;
    queueLimit = queueLimit == null ? Integer.valueOf(50_000) : queueLimit;
    service = service == null ? "unknown" : service;
    tier = tier == null ? Tier.UNSPECIFIED : tier;
    keepUnmapped = keepUnmapped == null || keepUnmapped;
    require(port >= 0 && port <= 65_535, "port must be from 0 to 65535");
    require(
        between(interval, Duration.ofMillis(100), Duration.ofMinutes(1)),
        "interval must be from 100 ms to 1 min");
    require(
        between(requestTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1)),
        "request-timeout must be from 1 s to 1 min");
    require(
        bodyLimit >= 1024 && bodyLimit <= 256 * 1024 * 1024,
        "body-limit must be from 1024 bytes to 256 MiB");
    require(queueLimit >= 1, "queue-limit must be at least 1");
    require(NAME.matcher(service).matches(), "service must match " + NAME);
    require(
        tokenFile != null || address(bind).isLoopbackAddress(),
        "bound to %s, where others can reach it: give it a token-file, or bind it to 127.0.0.1"
            .formatted(bind));
  }

  /** The address to listen on. */
  InetAddress address() {
    return address(bind);
  }

  private static InetAddress address(String bind) {
    // Anything else would be looked up, and may be loopback now and something else later.
    require(
        ADDRESS.matcher(bind).matches(), "bind '" + bind + "' must be an IP address or localhost");
    try {
      return bind.equals("localhost")
          ? InetAddress.getLoopbackAddress()
          : InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("receiver: bind '" + bind + "' is no IP address");
    }
  }

  private static boolean between(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("receiver: " + what);
    }
  }
}
