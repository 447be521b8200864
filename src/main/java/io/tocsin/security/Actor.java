package io.tocsin.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who talks to Kafka. Each is a principal of its own, so that whoever takes one over can do what
 * that one does, and no more. The watchdog is none of them: it hears signs over HTTP alone.
 */
public enum Actor {
  /** An agent; there is a principal for each. */
  AGENT("measures a machine, or what can be seen from it"),
  /** {@code tocsin streams}. */
  STREAMS("windows, bottlenecks, policy"),
  /** {@code tocsin alerting}, and the job on a Flink cluster. */
  ALERTING("incidents, notifications, heal plans"),
  /** {@code tocsin respond}. */
  RESPONDER("carries heal plans out"),
  /** {@code tocsin notifier}. */
  NOTIFIER("tells people"),
  /** {@code tocsin record}. */
  RECORDER("writes history"),
  /** {@code tocsin serve}: API and console. */
  SERVER("API and console"),
  /** A person, or a pipeline of deliveries, at the command line. */
  OPERATOR("rules, policies and tokens from the command line"),
  /** Somebody who looks. */
  VIEWER("why, audit, deliveries and backtests from the command line"),
  /** {@code tocsin backup}. */
  BACKUP("reads what a backup holds"),
  /** Whoever prepares a cluster. Restoring a backup is for a super user of the brokers alone. */
  ADMIN("topics, accounts, access rules");

  private final String duty;

  Actor(String duty) {
    this.duty = duty;
  }

  /** What it does, for people. */
  public String duty() {
    return duty;
  }

  /** As people write it: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that people write so; empty if there is none. */
  public static Optional<Actor> of(String word) {
    return Arrays.stream(values()).filter(actor -> actor.word().equals(word)).findFirst();
  }

  /** All that have one principal. */
  public static List<Actor> single() {
    return Arrays.stream(values()).filter(actor -> actor != AGENT).toList();
  }
}
