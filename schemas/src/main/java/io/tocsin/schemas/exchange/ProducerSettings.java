package io.tocsin.schemas.exchange;

import io.tocsin.schemas.topic.Cluster;
import java.util.Map;

/** Producer settings of every stage, each set on purpose. */
public final class ProducerSettings {

  private ProducerSettings() {}

  /**
   * Settings for a producer of bytes that must not lose an acknowledged record nor hold its caller
   * up.
   */
  public static Map<String, Object> of(Cluster cluster, String clientId) {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("client.id", clientId);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("max.in.flight.requests.per.connection", 5);
    // The default, 60 s, would stop a collector's clock while the broker is away.
    settings.put("max.block.ms", 1_000);
    // How long a record may wait for its acknowledgement before the sender hears that it failed.
    settings.put("delivery.timeout.ms", 120_000);
    settings.put("linger.ms", 0);
    settings.put("compression.type", "lz4");
    settings.put("buffer.memory", 8L * 1024 * 1024);
    settings.putAll(SilentBroker.ofAgent());
    // Nobody reads the client's own metrics; without them an agent is some MB smaller.
    settings.put("metric.reporters", "");
    settings.put("enable.metrics.push", false);
    return settings;
  }
}
