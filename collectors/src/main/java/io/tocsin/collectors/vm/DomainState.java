package io.tocsin.collectors.vm;

import io.tocsin.schemas.Health;

/**
 * Health out of libvirt's virDomainState and its reasons. What runs is UP. What is paused, crashed
 * or suspended serves nobody and is DOWN; but UNKNOWN while libvirt itself has it paused for a
 * migration, a snapshot and the like, because nobody may start a machine anew in the middle of
 * that. What is shut off is DOWN if it should run, which is to say that it starts with its host or
 * was lost rather than stopped; otherwise it is left out.
 */
final class DomainState {

  private static final String[] WORDS = {
    "no state", "running", "blocked", "paused", "in shutdown", "shut off", "crashed", "pmsuspended"
  };

  /** By virDomainPausedReason. */
  private static final String[] PAUSED = {
    "",
    "by a user",
    "for a migration",
    "while it is saved",
    "while its memory is dumped",
    "after a disk error",
    "by its watchdog",
    "after it was restored from a snapshot",
    "while it shuts down",
    "for a snapshot",
    "after its guest crashed",
    "while it is started",
    "for a post-copy migration",
    "after a post-copy migration failed"
  };

  /** By virDomainShutoffReason. */
  private static final String[] SHUT_OFF = {
    "",
    "by its guest or a user",
    "by force",
    "because it crashed",
    "because it was migrated",
    "because it was saved",
    "because it failed to start",
    "because a snapshot of it was restored",
    "because libvirtd decided so"
  };

  private static final int CRASHED = 3;
  private static final int MIGRATED = 4;
  private static final int FAILED = 6;

  private DomainState() {}

  /** Libvirt's own word for the state of a domain. */
  static String word(DomainStats stats) {
    return at(WORDS, stats.code("state.state"), "no state");
  }

  /**
   * What is reported.
   *
   * @param details null where they are not known yet
   */
  static Verdict of(DomainStats stats, DomainDetails details) {
    String word = word(stats);
    int reason = stats.code("state.reason");
    return switch (stats.code("state.state")) {
      case 1, 2 -> new Verdict.Report(Health.UP, word, "");
      case 3 ->
          new Verdict.Report(
              byLibvirt(reason) ? Health.UNKNOWN : Health.DOWN,
              word,
              ("paused " + at(PAUSED, reason, "")).strip());
      case 4 -> new Verdict.Report(Health.UNKNOWN, word, "is being shut down");
      case 5 -> shutOff(word, reason, details);
      case 6 -> new Verdict.Report(Health.DOWN, word, "crashed");
      case 7 -> new Verdict.Report(Health.DOWN, word, "its guest suspended itself to memory");
      default -> new Verdict.Report(Health.UNKNOWN, word, "libvirt does not know its state");
    };
  }

  private static boolean byLibvirt(int reason) {
    return switch (reason) {
      case 2, 3, 4, 7, 8, 9, 11, 12 -> true;
      default -> false;
    };
  }

  private static Verdict shutOff(String word, int reason, DomainDetails details) {
    String how = ("shut off " + at(SHUT_OFF, reason, "")).strip();
    if (reason == CRASHED || reason == FAILED) {
      return new Verdict.Report(Health.DOWN, word, how);
    }
    if (reason != MIGRATED && details != null && details.autostart()) {
      return new Verdict.Report(Health.DOWN, word, how + ", and it is set to start with its host");
    }
    return new Verdict.LeaveOut(how);
  }

  private static String at(String[] words, int code, String other) {
    return code >= 0 && code < words.length ? words[code] : other;
  }
}
