package io.tocsin.alerting.healing.fleet;

import java.util.Locale;

/** What limits are set for. */
public enum Scope {
  /** All that belongs to one service. */
  SERVICE,
  /** All that runs on one machine, and the machine. */
  HOST,
  /** All in one zone of the configuration. */
  ZONE,
  /** Everything. */
  TOTAL;

  /** For people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
