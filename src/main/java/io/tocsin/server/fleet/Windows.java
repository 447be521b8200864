package io.tocsin.server.fleet;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * The newest window of each resource, size and kind: efficiency, latency by its source, throughput.
 * Bounded: of each kind, the {@value #KEPT} that changed last stay, which is enough for 20,000
 * resources.
 */
public final class Windows extends View {

  static final int KEPT = 60_000;

  /** What people call the three sizes. */
  static final Map<String, Long> SIZES =
      Map.of(
          "10s", Duration.ofSeconds(10).toMillis(),
          "1m", Duration.ofMinutes(1).toMillis(),
          "5m", Duration.ofMinutes(5).toMillis());

  static final long TEN_SECONDS = SIZES.get("10s");

  private final Newest<Window> efficiencies = new Newest<>(KEPT);
  private final Newest<LatencyWindow> latencies = new Newest<>(KEPT);
  private final Newest<ThroughputWindow> throughputs = new Newest<>(KEPT);

  @Override
  protected boolean take(Received<?> received) {
    Object value = received.value();
    if (value instanceof Window window) {
      efficiencies.put(key(window.getResourceId(), window.getSizeMs(), ""), window);
    } else if (value instanceof LatencyWindow window) {
      String source = window.getSource().name();
      latencies.put(key(window.getResourceId(), window.getSizeMs(), source), window);
    } else if (value instanceof ThroughputWindow window) {
      throughputs.put(key(window.getResourceId(), window.getSizeMs(), ""), window);
    } else {
      forgetIfGone(received);
      return false;
    }
    return true;
  }

  private void forgetIfGone(Received<?> received) {
    if (received.value() == null && received.topic().name().equals(Topics.RESOURCES.name())) {
      SIZES
          .values()
          .forEach(
              size -> {
                String key = key(received.key(), size, "");
                efficiencies.remove(key);
                throughputs.remove(key);
                sources(received.key(), size).forEach(latencies::remove);
              });
    }
  }

  private static String key(String resource, long size, String source) {
    return size + " " + source + " " + resource;
  }

  private static Stream<String> sources(String resource, long size) {
    return Stream.of("PROBES", "APPLICATION").map(source -> key(resource, size, source));
  }

  /** The newest efficiency window. */
  public synchronized Optional<Window> efficiency(String resource, long size) {
    return Optional.ofNullable(efficiencies.get(key(resource, size, "")));
  }

  /** The newest latency windows, one for each source. */
  public synchronized List<LatencyWindow> latencies(String resource, long size) {
    return sources(resource, size).map(latencies::get).filter(Objects::nonNull).toList();
  }

  /** The newest throughput window. */
  public synchronized Optional<ThroughputWindow> throughput(String resource, long size) {
    return Optional.ofNullable(throughputs.get(key(resource, size, "")));
  }

  /** The newest latency windows of a size, in the order of their resources. */
  public synchronized List<LatencyWindow> latencies(long size) {
    return all(latencies, LatencyWindow::getSizeMs, LatencyWindow::getResourceId, size);
  }

  /** The newest throughput windows of a size, in the order of their resources. */
  public synchronized List<ThroughputWindow> throughputs(long size) {
    return all(throughputs, ThroughputWindow::getSizeMs, ThroughputWindow::getResourceId, size);
  }

  private static <W extends SpecificRecord> List<W> all(
      Newest<W> windows, Function<W, Long> sizeOf, Function<W, String> resourceOf, long size) {
    return windows.oldestFirst().stream()
        .filter(window -> sizeOf.apply(window) == size)
        .sorted(Comparator.comparing(resourceOf))
        .toList();
  }
}
