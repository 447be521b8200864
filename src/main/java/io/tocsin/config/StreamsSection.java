package io.tocsin.config;

import io.tocsin.schemas.tls.ServerTls;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the streams run where {@code tocsin streams} runs them alone, and what they compute there and
 * in {@code tocsin up}.
 *
 * @param instanceId unique among the instances and stable across restarts, so that one that comes
 *     back gets its work back at once; null for the machine's own name
 * @param threads stream threads; null for one per processor, at most one per partition
 * @param standbys warm copies of each state on other instances
 * @param replicationFactor copies of internal topics, and of those that {@code --create-topics}
 *     makes; null for what the broker gives topics of itself
 * @param commitInterval how often transactions end; readers see nothing of an open one
 * @param stateDir where state is kept; null for {@code streams} in the data directory
 * @param http where the instance answers
 * @param bottlenecks what a bottleneck is
 * @param policy how container policy works
 */
public record StreamsSection(
    String instanceId,
    Integer threads,
    Integer standbys,
    Integer replicationFactor,
    Duration commitInterval,
    Path stateDir,
    Http http,
    BottleneckSection bottlenecks,
    PolicySection policy) {

  static final StreamsSection DEFAULT =
      new StreamsSection(null, null, null, null, null, null, null, null, null);

  public StreamsSection {
    standbys = standbys == null ? 0 : standbys;
    commitInterval = commitInterval == null ? Duration.ofMillis(100) : commitInterval;
    http = http == null ? new Http(null, null, null) : http;
    bottlenecks = bottlenecks == null ? BottleneckSection.DEFAULT : bottlenecks;
    policy = policy == null ? PolicySection.DEFAULT : policy;
  }

  /**
   * Where an instance answers for its state, its health and its metrics.
   *
   * @param host name or address it listens on, and under which the other instances reach it;
   *     loopback unless told otherwise, for nobody is asked for a password
   * @param port the port
   * @param tls what it shows there, and what the others have to show; it asks them with the same;
   *     null for HTTP as it is
   */
  public record Http(String host, Integer port, ServerTls tls) {

    public Http {
      host = host == null ? "127.0.0.1" : host;
      port = port == null ? 18082 : port;
    }

    /** {@code host:port}. */
    public String address() {
      return host + ":" + port;
    }
  }
}
