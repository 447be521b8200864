package io.tocsin.capacity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of a resource over time. Percentages are of the resource's own capacity. */
public enum Figure {
  CPU_PERCENT("%"),
  MEMORY_PERCENT("%"),
  FILESYSTEM_PERCENT("%"),
  IO_PERCENT("%"),
  NETWORK_PERCENT("%"),
  /** Share of time in which somebody waited for it (PSI "some"). */
  CPU_PRESSURE_PERCENT("%"),
  MEMORY_PRESSURE_PERCENT("%"),
  IO_PRESSURE_PERCENT("%"),
  /** Share of scheduling periods in which a CPU limit held the resource back. */
  THROTTLED_PERCENT("%"),
  /** CPU time that the hypervisor gave to somebody else. */
  STEAL_PERCENT("%"),
  /** Time in which a virtual CPU was ready and had no real one. */
  VCPU_DELAY_PERCENT("%"),
  /** CPUs it has; may change. */
  CORES("cores"),
  /** Memory it has; a balloon changes it. */
  MEMORY_BYTES("bytes");

  /** Those that fill up, and so have a forecast. */
  public static final List<Figure> FILLING =
      List.of(CPU_PERCENT, MEMORY_PERCENT, FILESYSTEM_PERCENT, IO_PERCENT, NETWORK_PERCENT);

  private final String unit;

  Figure(String unit) {
    this.unit = unit;
  }

  /** {@code %}, {@code cores} or {@code bytes}. */
  public String unit() {
    return unit;
  }

  /** As people write it: {@code cpu-percent}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The figure of a word; {@code _} and {@code -} are the same. */
  public static Optional<Figure> of(String word) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(figure -> figure.name().equals(name)).findFirst();
  }

  /** All words, for messages. */
  public static String words(List<Figure> figures) {
    return figures.stream().map(Figure::word).collect(Collectors.joining(", "));
  }
}
