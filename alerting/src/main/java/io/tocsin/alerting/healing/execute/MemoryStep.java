package io.tocsin.alerting.healing.execute;

/**
 * How a target is given more memory: a step at a time, up to a bound.
 *
 * @param by one step
 * @param most never more than this
 */
public record MemoryStep(ByteSize by, ByteSize most) {

  /**
   * Checks that both are given.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public MemoryStep {
    if (by == null || most == null) {
      throw new IllegalArgumentException(
          "memory needs by and most, such as {by: 256MiB, most: 1GiB}");
    }
  }

  /** What comes after an amount of bytes; the same where no more is allowed. */
  public long after(long bytes) {
    return Math.max(bytes, Math.min(bytes + by.bytes(), most.bytes()));
  }
}
