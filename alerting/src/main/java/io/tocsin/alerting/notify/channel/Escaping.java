package io.tocsin.alerting.notify.channel;

/** What text must not contain unescaped in a channel's messages. */
public enum Escaping {
  /** Plain text: nothing is interpreted. */
  NONE,
  /** {@code &}, {@code <}, {@code >} and quotes. */
  HTML,
  /** {@code &}, {@code <} and {@code >}, which Slack reads as links and mentions. */
  SLACK
}
