package io.tocsin.alerting.notify.render;

import java.io.IOException;
import java.io.Writer;

/** Text up to a bound: sections within sections multiply what a short template writes. */
final class BoundedWriter extends Writer {

  private final StringBuilder text = new StringBuilder();
  private final int most;

  BoundedWriter(int most) {
    this.most = most;
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    if (text.length() + length > most) {
      throw new IOException("it writes more than " + most + " characters");
    }
    text.append(characters, from, length);
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
