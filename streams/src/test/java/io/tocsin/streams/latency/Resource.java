package io.tocsin.streams.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.streams.window.WindowSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One resource's state, kept as bytes between any two readings, and all that it led to. */
final class Resource {

  static final WindowSettings SETTINGS = WindowSettings.defaults();

  final List<LatencyWindow> finals = new ArrayList<>();
  final List<ThroughputWindow> throughputs = new ArrayList<>();
  final List<ServicePart> parts = new ArrayList<>();
  final List<Unrated> unrated = new ArrayList<>();
  final List<Refusal> refused = new ArrayList<>();
  private final Stored kept = new Stored();
  private byte[] state;

  /** Series as bytes. */
  private static final class Stored implements Kept {
    private final Map<String, byte[]> bytes = new HashMap<>();

    @Override
    public Series get(String id) {
      return bytes.containsKey(id) ? Series.decode(bytes.get(id)).orElseThrow() : null;
    }

    @Override
    public void put(String id, Series series) {
      byte[] encoded = series.encode();
      assertThat(Series.decode(encoded).orElseThrow().encode()).isEqualTo(encoded);
      bytes.put(id, encoded);
    }

    @Override
    public void remove(String id) {
      bytes.remove(id);
    }

    @Override
    public Map<String, Series> all() {
      Map<String, Series> all = new TreeMap<>();
      bytes.keySet().forEach(id -> all.put(id, get(id)));
      return all;
    }
  }

  void take(Object record) {
    Input input =
        record instanceof Probe probe
            ? Probes.read(probe, probe.getAt().toEpochMilli())
            : Measurements.read(
                (Measurement) record, ((Measurement) record).getAt().toEpochMilli());
    if (input instanceof Input.Refused none) {
      refused.add(none.reason());
      return;
    }
    LatencyState latency = state();
    Input.Taken taken = (Input.Taken) input;
    Outcome outcome = latency.accept(taken, taken.reading().at(), kept, SETTINGS);
    if (outcome instanceof Outcome.Refused none) {
      refused.add(none.reason());
      return;
    }
    keep(latency);
    add((Outcome.Accepted) outcome);
  }

  Resource take(List<?> records) {
    records.forEach(this::take);
    return this;
  }

  /** Nothing comes any more. */
  Resource end() {
    LatencyState latency = state();
    add(latency.silentUntil(Long.MAX_VALUE / 2, kept, SETTINGS));
    keep(latency);
    return this;
  }

  Outcome.Accepted updates() {
    return state().updates(kept, SETTINGS, size -> true);
  }

  List<LatencyWindow> finals(long sizeMs) {
    return finals.stream().filter(window -> window.getSizeMs() == sizeMs).toList();
  }

  int series() {
    return kept.bytes.size();
  }

  private LatencyState state() {
    return state == null ? LatencyState.unknown() : LatencyCodec.decode(state).orElseThrow();
  }

  private void keep(LatencyState latency) {
    state = LatencyCodec.encode(latency);
    assertThat(LatencyCodec.encode(state())).isEqualTo(state);
  }

  private void add(Outcome.Accepted accepted) {
    assertThat(accepted.latencies()).allMatch(LatencyWindow::getIsFinal);
    finals.addAll(accepted.latencies());
    throughputs.addAll(accepted.throughputs());
    parts.addAll(accepted.parts());
    unrated.addAll(accepted.unrated());
  }
}
