package io.tocsin.collectors.security;

import io.tocsin.schemas.Severity;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which sources of security events are read. A null component takes its default.
 *
 * @param docker the Docker daemon's events; default: read from its usual socket
 * @param trivy reports of Trivy; default: none are read
 * @param falco alerts of Falco; default: none are taken
 * @param severities severities that differ from the default, by what happened: an action of Docker
 *     (see {@link DockerAction}), the id of a finding such as {@code CVE-2024-3094}, or the name of
 *     a Falco rule; capitals do not matter; default: none
 * @param interval time between two readings of the Docker and Falco events that have come, at least
 *     100 ms; default: 1 s
 * @param queueLimit events that may wait for the next reading, 1 to 1,000,000; those over it are
 *     lost and counted; default: 10,000
 */
public record SecurityConfig(
    DockerEventsConfig docker,
    TrivyConfig trivy,
    FalcoConfig falco,
    Map<String, Severity> severities,
    Duration interval,
    Integer queueLimit) {

  /** Docker's events alone. */
  public static final SecurityConfig DEFAULT =
      new SecurityConfig(null, null, null, null, null, null);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public SecurityConfig {
    docker = docker == null ? DockerEventsConfig.DEFAULT : docker;
    severities = severities == null ? Map.of() : inLowerCase(severities);
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    queueLimit = queueLimit == null ? Integer.valueOf(10_000) : queueLimit;
    if (interval.toMillis() < 100) {
      throw new IllegalArgumentException(
          "security: interval is %d ms; it must be at least 100 ms".formatted(interval.toMillis()));
    }
    if (queueLimit < 1 || queueLimit > 1_000_000) {
      throw new IllegalArgumentException(
          "security: queue-limit is %d; it must be from 1 to 1000000".formatted(queueLimit));
    }
  }

  private static Map<String, Severity> inLowerCase(Map<String, Severity> severities) {
    severities.forEach(
        (what, severity) -> {
          if (severity == null || severity == Severity.UNSPECIFIED) {
            throw new IllegalArgumentException(
                "security: severities: '%s' has no severity; give it info, low, medium, high or critical"
                    .formatted(what));
          }
        });
    return severities.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> entry.getKey().toLowerCase(Locale.ROOT),
                Map.Entry::getValue,
                (one, other) -> {
                  throw new IllegalArgumentException(
                      "security: severities: two keys differ in capitals only; keep one");
                }));
  }
}
