package io.tocsin.collectors.health;

/**
 * What systemd says of a unit, in its own words (see {@code org.freedesktop.systemd1(5)}).
 *
 * <p>Active, and active while it reloads its configuration, is UP. Activating is UNKNOWN: it has
 * not failed, and nobody knows yet; save for {@code auto-restart}, in which a service that crashes
 * again and again spends most of its time, and which is DOWN. Anything else is DOWN, a unit that is
 * not loaded included.
 *
 * @param unit its name
 * @param load such as {@code loaded}, {@code not-found} or {@code masked}
 * @param active such as {@code active} or {@code failed}
 * @param sub state within that, such as {@code running} or {@code auto-restart}
 * @param result why it failed, such as {@code exit-code}; null or {@code success} where it did not
 * @param restarts how often systemd restarted it; null for what is no service
 */
record UnitState(
    String unit, String load, String active, String sub, String result, Long restarts) {

  Verdict verdict() {
    return switch (active) {
      case "active", "reloading", "refreshing" -> Verdict.up(evidence());
      case "activating" ->
          sub.startsWith("auto-restart")
              ? Verdict.wrong(evidence())
              : Verdict.undecided(evidence());
      case "maintenance" -> Verdict.undecided(evidence());
      default -> Verdict.wrong(evidence());
    };
  }

  private String evidence() {
    StringBuilder words = new StringBuilder(unit);
    words.append(" is ").append(active).append(" (").append(sub).append(')');
    if (!load.equals("loaded")) {
      words.append(", ").append(load);
    }
    if (result != null && !result.isEmpty() && !result.equals("success")) {
      words.append(", result ").append(result);
    }
    if (restarts != null && restarts > 0) {
      words.append(", restarts ").append(restarts);
    }
    return words.toString();
  }
}
