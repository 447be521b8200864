package io.tocsin.streams.latency;

import io.tocsin.schemas.Bucket;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.PathStatistics;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one agent says of one resource of the service shop; numbered as it goes. */
public final class Readings {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final String agent;
  private final String resource;
  private long sequence;

  public Readings(String agent, String resource) {
    this.agent = agent;
    this.resource = resource;
  }

  private Origin origin() {
    return new Origin(agent, "boot-1", sequence++);
  }

  /** A try that was answered in so many µs. */
  public Probe up(Instant at, long latencyUs) {
    return probe(at).setHealth(Health.UP).setLatencyUs(latencyUs).build();
  }

  /** A try that was not answered. */
  public Probe down(Instant at) {
    return probe(at).setHealth(Health.DOWN).build();
  }

  /** A try of which nothing is known. */
  public Probe unknown(Instant at) {
    return probe(at).setHealth(Health.UNKNOWN).build();
  }

  /** A burst of so many, of which those with a round trip in µs came back. */
  public Probe burst(Instant at, int sent, long... sortedUs) {
    PathStatistics.Builder path =
        PathStatistics.newBuilder().setSent(sent).setReceived(sortedUs.length);
    if (sortedUs.length > 0) {
      long sum = 0;
      for (long us : sortedUs) {
        sum += us;
      }
      path.setMinUs(sortedUs[0])
          .setMeanUs(sum / sortedUs.length)
          .setP50Us(rank(sortedUs, 50))
          .setP90Us(rank(sortedUs, 90))
          .setP99Us(rank(sortedUs, 99))
          .setMaxUs(sortedUs[sortedUs.length - 1])
          .setJitterUs(100L);
    }
    return probe(at).setKind(ProbeKind.UDP).setHealth(Health.UP).setPath(path.build()).build();
  }

  private static long rank(long[] sorted, int percent) {
    return sorted[Math.max(1, (sorted.length * percent + 99) / 100) - 1];
  }

  private Probe.Builder probe(Instant at) {
    return Probe.newBuilder()
        .setResourceId(resource)
        .setService("shop")
        .setTier(Tier.CORE)
        .setOrigin(origin())
        .setAt(at)
        .setKind(ProbeKind.HTTP)
        .setEvidence("test")
        .setIntervalMs(1_000);
  }

  /** A counter of requests or errors. */
  public Measurement counter(Instant at, Meaning meaning, double value) {
    return measurement(at, meaning, MeasurementType.COUNTER).setValue(value).build();
  }

  /** A single value. */
  public Measurement value(
      Instant at, Meaning meaning, MeasurementType type, String unit, double value) {
    return measurement(at, meaning, type).setUnit(unit).setValue(value).build();
  }

  /** A histogram of seconds since {@code startedAt}, with bounds of 10 ms, 100 ms and 1 s. */
  public Measurement histogram(
      Instant at, Instant startedAt, double sum, long to10, long to100, long to1000, long all) {
    List<Bucket> buckets = new ArrayList<>();
    buckets.add(new Bucket(0.01, to10));
    buckets.add(new Bucket(0.1, to100));
    buckets.add(new Bucket(1.0, to1000));
    buckets.add(new Bucket(Double.POSITIVE_INFINITY, all));
    return distribution(
        at,
        startedAt,
        Distribution.newBuilder().setCount(all).setSum(sum).setBuckets(buckets).build());
  }

  /** A distribution of seconds. */
  public Measurement distribution(Instant at, Instant startedAt, Distribution values) {
    return measurement(at, Meaning.RESPONSE_TIME, MeasurementType.DISTRIBUTION)
        .setUnit("s")
        .setStartedAt(startedAt)
        .setDistribution(values)
        .build();
  }

  private Measurement.Builder measurement(Instant at, Meaning meaning, MeasurementType type) {
    return Measurement.newBuilder()
        .setResourceId(resource)
        .setKind(resource.startsWith("service/") ? ResourceKind.SERVICE : ResourceKind.ENDPOINT)
        .setService("shop")
        .setTier(Tier.CORE)
        .setLayer(Layer.APPLICATION)
        .setMeaning(meaning)
        .setName("http_" + meaning)
        .setType(type)
        .setLabels(Map.of("route", "/"))
        .setOrigin(origin())
        .setAt(at);
  }
}
