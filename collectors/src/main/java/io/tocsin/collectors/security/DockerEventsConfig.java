package io.tocsin.collectors.security;

import io.tocsin.collectors.docker.DockerSocket;
import java.nio.file.Path;

/**
 * How the Docker daemon's events are read. A null component takes its default.
 *
 * @param enabled whether they are; default: true
 * @param socket the daemon's Unix socket; default: /var/run/docker.sock
 */
public record DockerEventsConfig(Boolean enabled, Path socket) {

  /** The usual socket. */
  public static final DockerEventsConfig DEFAULT = new DockerEventsConfig(null, null);

  /** Fills defaults in. */
  public DockerEventsConfig {
    enabled = enabled == null ? Boolean.TRUE : enabled;
    socket = socket == null ? DockerSocket.DEFAULT.path() : socket;
  }
}
