package io.tocsin.alerting.healing.execute.libvirt;

import java.util.Optional;

/**
 * How a domain is (<a
 * href="https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState">virDomainState</a>),
 * and why.
 *
 * @param state number of the state
 * @param reason number of the reason, within the state
 * @param job whether libvirt is known to have something under way with it, such as a migration
 */
record DomainCondition(int state, int reason, boolean job) {

  private static final int RUNNING = 1;
  private static final int PAUSED = 3;
  private static final int SHUT_OFF = 5;

  private static final String[] STATES = {
    "in no state",
    "running",
    "blocked",
    "paused",
    "shutting down",
    "shut off",
    "crashed",
    "suspended"
  };

  private static final String[] PAUSED_REASONS = {
    "",
    "by somebody",
    "migration",
    "save",
    "dump",
    "I/O error",
    "watchdog",
    "from a snapshot",
    "shutting down",
    "snapshot",
    "crashed",
    "starting up",
    "post-copy migration",
    "failed post-copy migration"
  };

  private static final String[] SHUT_OFF_REASONS = {
    "",
    "shut down",
    "destroyed",
    "crashed",
    "migrated",
    "saved",
    "failed",
    "from a snapshot",
    "daemon"
  };

  /** The same, and whether there is a job. */
  DomainCondition withJob(boolean underWay) {
    return new DomainCondition(state, reason, underWay);
  }

  boolean isRunning() {
    return state == RUNNING;
  }

  boolean isShutOff() {
    return state == SHUT_OFF;
  }

  String words() {
    String why =
        switch (state) {
          case PAUSED -> name(PAUSED_REASONS, reason);
          case SHUT_OFF -> name(SHUT_OFF_REASONS, reason);
          default -> "";
        };
    return name(STATES, state) + (why.isEmpty() ? "" : " (" + why + ")");
  }

  private static String name(String[] names, int number) {
    return number >= 0 && number < names.length ? names[number] : "number " + number;
  }

  /** Whoever moves, saves or holds it. */
  Optional<String> owner() {
    if (job) {
      return Optional.of("libvirt has a job with it under way, such as a migration or a save");
    }
    String why =
        switch (state) {
          // Not those that it got into by itself: I/O error, watchdog, crashed.
          case PAUSED ->
              switch (reason) {
                case 1, 2, 3, 4, 7, 8, 9, 11, 12 -> words();
                default -> "";
              };
          case SHUT_OFF ->
              switch (reason) {
                case 4, 5 -> words();
                default -> "";
              };
          default -> "";
        };
    return why.isEmpty() ? Optional.empty() : Optional.of("it is " + why);
  }
}
