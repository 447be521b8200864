package io.tocsin.collectors.health;

import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One target that is asked again and again. A null component other than id and target takes its
 * default.
 *
 * @param id the resource id is {@code endpoint/<id>}; lower-case letters, digits, {@code . _ -}, at
 *     most 63
 * @param service name of the service that the endpoint belongs to, in the same form; default: none
 * @param tier whether that service is CORE; default: UNSPECIFIED, which is treated as NON_CORE
 * @param target what is asked
 * @param interval time between two tries, 100 ms to 1 h; default 1 s
 * @param timeout longest time that one attempt may take, name resolution, connection and answer
 *     together; default: such that all attempts take nine tenths of the interval, at most 5 s
 * @param retries attempts made to confirm a failure before it is reported, 0 to 10; default 1
 * @param retryDelay time before such an attempt; default 100 ms
 * @param rise healthy passes in a row before it is UP again, 1 to 100; default 1
 * @param fall failing passes in a row before it is DOWN, 1 to 100; default 1
 * @param runsOn id of the resource it runs on, such as {@code host/web-1}, so that what befalls
 *     that one explains what befalls it; default: not known
 * @param dependsOn names of the services that its service depends on, likewise
 */
public record HealthCheck(
    String id,
    String service,
    Tier tier,
    Target target,
    Duration interval,
    Duration timeout,
    Integer retries,
    Duration retryDelay,
    Integer rise,
    Integer fall,
    String runsOn,
    List<String> dependsOn) {

  private static final Pattern RESOURCE =
      Pattern.compile("[a-z]+/[A-Za-z0-9][A-Za-z0-9._:@/-]{0,250}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented, or if all attempts
   *     together would not fit into the interval, since then a dead endpoint would be asked late
   */
  public HealthCheck {
    requireName("id", id);
    if (service != null) {
      requireName("service", service);
    }
    if (target == null) {
      throw new IllegalArgumentException(
          "health check '"
              + id
              + "' has no target: give it http, tcp, grpc, exec, systemd, docker or kubernetes");
    }
    tier = tier == null ? Tier.UNSPECIFIED : tier;
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    retries = retries == null ? Integer.valueOf(1) : retries;
    retryDelay = retryDelay == null ? Duration.ofMillis(100) : retryDelay;
    rise = rise == null ? Integer.valueOf(1) : rise;
    fall = fall == null ? Integer.valueOf(1) : fall;
    dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
    dependsOn.forEach(name -> requireName("depends-on", name));
    require(
        id,
        runsOn == null || RESOURCE.matcher(runsOn).matches(),
        "runs-on must be a resource id such as host/web-1");
    require(
        id,
        dependsOn.isEmpty() || service != null,
        "depends-on is said of a service: give the check one");
    require(
        id,
        interval.compareTo(Duration.ofMillis(100)) >= 0
            && interval.compareTo(Duration.ofHours(1)) <= 0,
        "interval must be from 100 ms to 1 h");
    require(id, retries >= 0 && retries <= 10, "retries must be from 0 to 10");
    require(id, rise >= 1 && rise <= 100, "rise must be from 1 to 100");
    require(id, fall >= 1 && fall <= 100, "fall must be from 1 to 100");
    require(id, !retryDelay.isNegative(), "retry-delay must not be negative");
    Duration forAttempts = interval.minus(retryDelay.multipliedBy(retries));
    Duration longest = forAttempts.dividedBy(retries + 1);
    if (timeout == null) {
      // A tenth is left, or a hanging endpoint would make every other tick late.
      Duration fitting = longest.multipliedBy(9).dividedBy(10);
      timeout = fitting.compareTo(LONGEST_DEFAULT_TIMEOUT) < 0 ? fitting : LONGEST_DEFAULT_TIMEOUT;
    }
    require(
        id,
        timeout.toMillis() >= 10,
        "the timeout of one attempt is %d ms; it must be at least 10 ms: lengthen the interval or"
            + " shorten retry-delay",
        timeout.toMillis());
    require(
        id,
        timeout.compareTo(longest) <= 0,
        "%d attempts of %d ms and the delays between them do not fit into the interval of %d ms:"
            + " set timeout to %d ms or less, or lengthen the interval",
        retries + 1,
        timeout.toMillis(),
        interval.toMillis(),
        longest.toMillis());
  }

  /** One of which nobody knows what it hangs together with. */
  public HealthCheck(
      String id,
      String service,
      Tier tier,
      Target target,
      Duration interval,
      Duration timeout,
      Integer retries,
      Duration retryDelay,
      Integer rise,
      Integer fall) {
    this(id, service, tier, target, interval, timeout, retries, retryDelay, rise, fall, null, null);
  }

  /** One whose health changes at once. */
  public HealthCheck(
      String id,
      String service,
      Tier tier,
      Target target,
      Duration interval,
      Duration timeout,
      Integer retries,
      Duration retryDelay) {
    this(id, service, tier, target, interval, timeout, retries, retryDelay, null, null);
  }

  private static void requireName(String key, String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "health check %s '%s' must match %s".formatted(key, name, NAME.pattern()));
    }
  }

  private static void require(String id, boolean holds, String what, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(
          "health check '" + id + "': " + String.format(what, values));
    }
  }
}
