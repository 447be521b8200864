package io.tocsin.streams.latency;

import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.streams.window.WindowSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reading costs, its way through the bytes of the stores included: a main class, run by
 * hand. Endpoints that are probed once a second, and services of so many series that are scraped
 * every five.
 */
final class LatencyCost {

  private static final WindowSettings SETTINGS = WindowSettings.defaults();

  private final Map<String, byte[]> states = new HashMap<>();
  private final Map<String, TreeMap<String, byte[]>> series = new HashMap<>();
  private long bytes;

  private LatencyCost() {}

  private static final class Stored implements Kept {
    private final TreeMap<String, byte[]> series;
    private long written;

    Stored(TreeMap<String, byte[]> series) {
      this.series = series;
    }

    @Override
    public Series get(String id) {
      byte[] found = series.get(id);
      return found == null ? null : Series.decode(found).orElseThrow();
    }

    @Override
    public void put(String id, Series one) {
      byte[] encoded = one.encode();
      written += encoded.length;
      series.put(id, encoded);
    }

    @Override
    public void remove(String id) {
      series.remove(id);
    }

    @Override
    public Map<String, Series> all() {
      Map<String, Series> all = new TreeMap<>();
      series.keySet().forEach(id -> all.put(id, get(id)));
      return all;
    }
  }

  private void take(String resource, Input input) {
    Input.Taken taken = (Input.Taken) input;
    byte[] stored = states.get(resource);
    LatencyState state =
        stored == null ? LatencyState.unknown() : LatencyCodec.decode(stored).orElseThrow();
    Stored kept = new Stored(series.computeIfAbsent(resource, id -> new TreeMap<>()));
    state.accept(taken, taken.reading().at(), kept, SETTINGS);
    byte[] encoded = LatencyCodec.encode(state);
    bytes += encoded.length + kept.written;
    states.put(resource, encoded);
  }

  private void updates() {
    states.forEach(
        (resource, state) ->
            LatencyCodec.decode(state)
                .orElseThrow()
                .updates(new Stored(series.get(resource)), SETTINGS, size -> size == 10_000));
  }

  private static void probes(int resources, int seconds) {
    LatencyCost cost = new LatencyCost();
    Readings agent = new Readings("agent-1", "endpoint/x");
    long taken = 0;
    long updating = 0;
    for (int second = 0; second < seconds; second++) {
      Instant at = Readings.NOON.plusSeconds(second);
      long started = System.nanoTime();
      for (int resource = 0; resource < resources; resource++) {
        Input input = Probes.read(agent.up(at, 1_000 + 7L * second), at.toEpochMilli());
        cost.take("endpoint/" + resource, input);
      }
      taken += System.nanoTime() - started;
      started = System.nanoTime();
      cost.updates();
      updating += System.nanoTime() - started;
    }
    print(resources + " endpoints", cost, taken, updating, (long) resources * seconds);
  }

  private static void services(int resources, int routes, int seconds) {
    LatencyCost cost = new LatencyCost();
    Readings agent = new Readings("agent-1", "service/x");
    long readings = 0;
    long taken = 0;
    long updating = 0;
    for (int second = 0; second < seconds; second += 5) {
      Instant at = Readings.NOON.plusSeconds(second);
      long started = System.nanoTime();
      for (int resource = 0; resource < resources; resource++) {
        for (int route = 0; route < routes; route++) {
          Measurement measurement =
              route % 2 == 0
                  ? agent.counter(at, Meaning.REQUESTS, 50.0 * second)
                  : agent.histogram(
                      at, Readings.NOON, second, second, 2L * second, 3L * second, 4L * second);
          measurement.setLabels(Map.of("route", Integer.toString(route)));
          cost.take("service/" + resource, Measurements.read(measurement, at.toEpochMilli()));
          readings++;
        }
      }
      taken += System.nanoTime() - started;
      started = System.nanoTime();
      cost.updates();
      updating += System.nanoTime() - started;
    }
    print(resources + " services of " + routes + " series", cost, taken, updating, readings);
  }

  private static void print(
      String what, LatencyCost cost, long taken, long updating, long readings) {
    System.out.printf(
        "%s: %d readings, %.1f us and %d bytes written each; updates %.1f us per reading%n",
        what, readings, taken / 1e3 / readings, cost.bytes / readings, updating / 1e3 / readings);
  }

  public static void main(String[] arguments) {
    probes(1_000, 60); // to warm up
    probes(1_000, 120);
    probes(10_000, 60);
    services(100, 10, 120);
    services(100, 100, 120);
    services(10, 1_000, 120);
  }
}
