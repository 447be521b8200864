package io.tocsin.bench.alerts;

/**
 * Rules for a trial: two that fire, and so many that never do. Of up to a hundred, half of the
 * others listen to everything of a signal; all the rest look at one resource or one service each,
 * as rules of many teams do.
 */
final class BenchRules {

  /** Name of the rule on probes. */
  static final String HEALTH = "bench-endpoint-down";

  /** Name of the rule on windows. */
  static final String CPU = "bench-cpu-used-up";

  static final int FIRING = 2;

  /** As many listen to everything at most: half of a hundred. */
  private static final int MOST_BROAD = 49;

  /** What is never reached, by signal; in the order of how much comes in. */
  private static final String[][] NEVER = {
    {"efficiency", "cpu_pressure_percent_mean"},
    {"health", "latency_ms"},
    {"efficiency", "memory_percent_mean"},
    {"throughput", "rx_bytes_per_second_mean"},
    {"efficiency", "io_percent_p95"},
    {"latency", "p99_ms"},
    {"efficiency", "retransmit_percent_mean"},
    {"bottleneck", "value"},
  };

  private static final long UNREACHED = 1_000_000_000_000_000L;

  private BenchRules() {}

  /** How many of so many rules listen to everything and never fire. */
  static int broad(int rules) {
    return Math.min(MOST_BROAD, (rules - FIRING) / 2);
  }

  /**
   * The text of a rule file.
   *
   * @param rules how many, at least two
   */
  static String of(int rules, WatchedFleet fleet) {
    StringBuilder text = new StringBuilder("rules:\n");
    text.append("  - name: " + HEALTH + "\n    signal: health\n    when: \"!up\"\n");
    text.append("    summary: \"{resource} is down\"\n");
    text.append("  - name: " + CPU + "\n    signal: efficiency\n");
    text.append("    select: {kind: [host, vm]}\n");
    text.append(
        "    when: members == 0.0 && cpu_percent_max > " + WatchedFleet.BREACH_PERCENT + "\n");
    text.append("    summary: \"{resource} uses all of its CPU\"\n");
    int broad = broad(rules);
    for (int number = 0; number < broad; number++) {
      rule(text, "broad-" + number, number, "");
    }
    for (int number = 0; number < rules - FIRING - broad; number++) {
      rule(text, "narrow-" + number, number, select(number, fleet));
    }
    return text.toString();
  }

  private static void rule(StringBuilder text, String name, int number, String select) {
    String[] never = NEVER[number % NEVER.length];
    text.append("  - name: ").append(name).append("\n    signal: ").append(never[0]).append('\n');
    text.append(select);
    text.append("    when: ").append(never[1]).append(" > ").append(UNREACHED + number);
    text.append("\n    for: 1m\n");
  }

  private static String select(int number, WatchedFleet fleet) {
    int group = number % fleet.groups();
    boolean isService = number / NEVER.length % 2 == 0;
    if (isService) {
      return "    select: {service: " + WatchedFleet.service(number) + "}\n";
    }
    boolean isProbed = NEVER[number % NEVER.length][0].matches("health|latency");
    String one = isProbed ? fleet.endpoint(group) : fleet.machine(number % fleet.size());
    return "    select: {resource: " + one + "}\n";
  }
}
