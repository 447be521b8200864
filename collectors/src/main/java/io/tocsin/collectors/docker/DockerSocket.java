package io.tocsin.collectors.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a Docker daemon listens. Being there and answering are two things: a call to a daemon that
 * is silent ends only when the client is closed by another thread, because docker-java's time
 * limits have no effect on a Unix socket (3.7.1, on Java 17). Whoever calls needs a watchdog.
 *
 * @param path of the Unix socket
 */
public record DockerSocket(Path path) {

  /** Where it is unless configured otherwise. */
  public static final DockerSocket DEFAULT = new DockerSocket(Path.of("/var/run/docker.sock"));

  /** Whether there is something at that path. */
  public boolean isThere() {
    return Files.exists(path);
  }

  /**
   * A client; does not connect yet. To be closed by the caller.
   *
   * @param patience how long a connection, and each wait for the next bytes of an answer, may take,
   *     where the transport heeds it
   */
  public DockerClient client(Duration patience) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(address().toString())
            .build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(address())
            .connectionTimeout(patience)
            .responseTimeout(patience)
            .maxConnections(4)
            .build());
  }

  private URI address() {
    return URI.create("unix://" + path.toAbsolutePath());
  }
}
