package io.tocsin.collectors.security;

import io.tocsin.collectors.Collector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes the collectors of security events that a configuration asks for. */
public final class SecurityCollectors {

  private SecurityCollectors() {}

  /**
   * A collector a source; an empty list where none is configured.
   *
   * @param host name of this machine as the host and container collectors use it: it is part of
   *     resource ids
   */
  public static List<Collector> of(SecurityConfig config, String host, Clock clock) {
    Severities severities = new Severities(config.severities());
    List<Collector> collectors = new ArrayList<>();
    if (config.docker().enabled()) {
      collectors.add(DockerEvents.of(config, host, severities, clock));
    }
    if (config.trivy() != null) {
      collectors.add(new TrivyReports(config.trivy(), severities, clock));
    }
    if (config.falco() != null) {
      FalcoReader reader = new FalcoReader(host, severities, clock);
      collectors.add(new FalcoAlerts(config, reader, host, System::nanoTime, clock));
    }
    return List.copyOf(collectors);
  }
}
