package io.tocsin.collectors.app.figure;

/**
 * A line, point or event does not look as documented; the message says how, without quoting it.
 * Carries no stack trace, since whole bodies may consist of such.
 */
public final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  /** An error told as {@code what}. */
  public Malformed(String what) {
    super(what, null, false, false);
  }
}
