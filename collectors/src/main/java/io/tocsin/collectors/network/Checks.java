package io.tocsin.collectors.network;

import java.time.Duration;
import java.util.regex.Pattern;

/** What the configuration of a path is held to. */
final class Checks {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");

  private Checks() {}

  static int within(String key, Integer value, int otherwise, int least, int most) {
    int chosen = value == null ? otherwise : value;
    if (chosen < least || chosen > most) {
      throw new IllegalArgumentException(
          "%s is %d; it must be from %d to %d".formatted(key, chosen, least, most));
    }
    return chosen;
  }

  static Duration within(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %d ms; it must be from %d ms to %d ms"
              .formatted(key, value.toMillis(), least.toMillis(), most.toMillis()));
    }
    return value;
  }

  static String host(String host) {
    if (host == null || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "host '%s' must be a name or an address, without port or brackets".formatted(host));
    }
    return host;
  }

  static Integer port(Integer port) {
    if (port == null) {
      throw new IllegalArgumentException("port is missing; give 1 to 65535");
    }
    return within("port", port, port, 1, 65_535);
  }

  /** An address as people write it. */
  static String display(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
