package io.tocsin.delivery.signal;

import io.tocsin.alerting.healing.execute.PlainText;

/**
 * One thing that is not well.
 *
 * @param signal which signal says so
 * @param subject of whom: an instance, a group, a stage
 * @param text what is wrong, for people; one line of bounded length
 * @param mayPass whether it may still pass by itself, as the backlog of a restart does
 */
public record Reason(Signal signal, String subject, String text, boolean mayPass) {

  private static final int LONGEST = 300;

  public Reason {
    subject = PlainText.head(subject, LONGEST);
    text = PlainText.head(text, LONGEST);
  }

  /** It is wrong, and waiting does not help. */
  static Reason wrong(Signal signal, String subject, String text) {
    return new Reason(signal, subject, text, false);
  }

  /** It is not well yet. */
  static Reason notYet(Signal signal, String subject, String text) {
    return new Reason(signal, subject, text, true);
  }

  @Override
  public String toString() {
    return subject + ": " + text;
  }
}
