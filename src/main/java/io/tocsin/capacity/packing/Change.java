package io.tocsin.capacity.packing;

/** Something that may happen to a fleet. */
public sealed interface Change {

  /** In words. */
  String words();

  /** A host is lost. */
  record LoseHost(String id) implements Change {
    @Override
    public String words() {
      return "lose host " + id;
    }
  }

  /** More guests of one size. */
  record Add(int count, double cores, double memoryBytes) implements Change {
    @Override
    public String words() {
      return "add %d of %s cores and %.1f GiB"
          .formatted(count, cores, memoryBytes / (1024.0 * 1024 * 1024));
    }
  }

  /** All guests need more, or less. */
  record Grow(double percent) implements Change {
    @Override
    public String words() {
      return "grow by %s %%".formatted(percent);
    }
  }
}
