package io.tocsin.alerting.healing.execute.probe;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.PlainText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks again, as the first step of a ladder. Targets are called {@code tcp:<host>:<port>}, or by
 * their address with http or https.
 *
 * @param attempts how often it looks, 1 to 20; default 3
 * @param every from the start of one attempt to the start of the next; default 500 ms
 * @param timeout of one attempt; default 1 s
 */
public record ProbeSpec(Integer attempts, Duration every, Duration timeout)
    implements ExecutorSpec {

  private static final int LONGEST_OBJECT = 512;
  private static final Pattern TCP =
      Pattern.compile("tcp:([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}]):(\\d{1,5})");

  /** What an address may be made of: RFC 3986 without the signs that shells and markup know. */
  private static final Pattern URL =
      Pattern.compile("https?://[A-Za-z0-9\\[][A-Za-z0-9.:\\[\\]-]*(/[A-Za-z0-9._~/?=&%,:@+-]*)?");

  /** Fills in the defaults and checks the figures. */
  public ProbeSpec {
    attempts = attempts == null ? 3 : attempts;
    every = every == null ? Duration.ofMillis(500) : every;
    timeout = timeout == null ? Duration.ofSeconds(1) : timeout;
    require(
        attempts >= 1 && attempts <= 20, "probe.attempts must be from 1 to 20, not " + attempts);
    require(!every.isNegative(), "probe.every must be 0 or more, not " + every);
    require(
        !timeout.isNegative() && !timeout.isZero(),
        "probe.timeout must be more than 0, not " + timeout);
  }

  @Override
  public String kind() {
    return "probe";
  }

  @Override
  public String title() {
    return "probe again";
  }

  @Override
  public boolean isDisruptive() {
    return false;
  }

  @Override
  public void checkObject(String object) {
    require(
        socket(object).isPresent() || url(object).isPresent(),
        "target is called '"
            + PlainText.head(object, 80)
            + "', which must be tcp:<host>:<port> or an address with http:// or https://");
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new ProbeExecutor(this);
  }

  /** Where a TCP connection goes. */
  record Socket(String host, int port) {}

  /** The target as host and port; empty if it is not called so. */
  static Optional<Socket> socket(String object) {
    Matcher tcp = TCP.matcher(object.length() > LONGEST_OBJECT ? "" : object);
    if (!tcp.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(tcp.group(2));
    return port >= 1 && port <= 65_535
        ? Optional.of(new Socket(tcp.group(1), port))
        : Optional.empty();
  }

  /** The target as an address; empty if it is not called so. */
  static Optional<URI> url(String object) {
    if (object.length() > LONGEST_OBJECT
        || object.contains("..")
        || !URL.matcher(object).matches()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(object);
      return uri.getHost() == null || uri.getUserInfo() != null || uri.getPort() > 65_535
          ? Optional.empty()
          : Optional.of(uri);
    } catch (URISyntaxException no) {
      return Optional.empty();
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
