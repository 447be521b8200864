package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import java.util.Arrays;

/** Files of lines {@code <key> <number>}, such as memory.stat: picks out what is wanted. */
final class KeyedNumbers {

  private final String[] keys;
  private final long[] values;

  KeyedNumbers(String... keys) {
    this.keys = keys;
    this.values = new long[keys.length];
  }

  /** Takes the numbers of this file in place of those of the last. */
  KeyedNumbers read(KernelText text) throws CollectorException {
    Arrays.fill(values, -1);
    while (text.line()) {
      if (!text.field()) {
        continue;
      }
      for (int i = 0; i < keys.length; i++) {
        if (text.is(keys[i])) {
          values[i] = text.number();
          break;
        }
      }
    }
    return this;
  }

  /** The number of a key that must be there. */
  long must(int key, KernelText text) throws CollectorException {
    if (values[key] < 0) {
      throw text.malformed("the line '" + keys[key] + "' is missing up to here");
    }
    return values[key];
  }

  /** The number of a key; 0 if it is not there. */
  long orZero(int key) {
    return Math.max(0, values[key]);
  }

  /** The number of a key; null if it is not there. */
  Long orNull(int key) {
    return values[key] < 0 ? null : values[key];
  }
}
