package io.tocsin.capacity.packing;

import java.util.Locale;

/** Something that may happen to a fleet. */
public sealed interface Change {

  /** In words. */
  String words();

  /** A host is lost. */
  record LoseHost(String id) implements Change {
    @Override
    public String words() {
      return "lose " + id;
    }
  }

  /** More guests of one size. */
  record Add(int count, double cores, double memoryBytes) implements Change {
    @Override
    public String words() {
      return String.format(
          Locale.ROOT,
          "add %d of %.2f cores and %.1f GiB",
          count,
          cores,
          memoryBytes / (1024.0 * 1024 * 1024));
    }
  }

  /** All guests need more, or less. */
  record Grow(double percent) implements Change {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "grow by %.0f %%", percent);
    }
  }
}
