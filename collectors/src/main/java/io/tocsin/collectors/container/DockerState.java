package io.tocsin.collectors.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.Health;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Docker says of a container's state, and what that means.
 *
 * @param word {@code created, running, paused, restarting, removing, exited} or {@code dead}
 * @param health {@code healthy, unhealthy, starting}; empty without a health check
 * @param output of the last health check
 * @param policy {@code no, always, unless-stopped, on-failure}; empty where that is not known
 * @param outOfMemory whether it was killed for lack of memory
 * @param restarts times it was started again; null where that is not known
 * @param startedAt when it was started; null where that is not known
 * @param exitCode of its last run; null where there was none
 */
record DockerState(
    String word,
    String health,
    String output,
    String policy,
    boolean outOfMemory,
    Long restarts,
    Instant startedAt,
    Integer exitCode) {

  private static final Pattern HEALTH =
      Pattern.compile("\\((?:health: )?(healthy|unhealthy|starting)\\)$");
  private static final Pattern EXIT = Pattern.compile("^(?:Exited|Restarting) \\((\\d{1,9})\\)");
  private static final int LONGEST_OUTPUT = 200;

  /** What the list alone says. */
  static DockerState of(DockerEntry entry) {
    Matcher health = HEALTH.matcher(entry.status());
    Matcher exit = EXIT.matcher(entry.status());
    return new DockerState(
        entry.state(),
        health.find() ? health.group(1) : "",
        "",
        "",
        false,
        null,
        null,
        exit.find() ? Integer.valueOf(exit.group(1)) : null);
  }

  /** What the answer about one container says. */
  static DockerState of(JsonNode container) {
    JsonNode state = container.path("State");
    String word = Words.clean(state.path("Status").asText(""), 32);
    JsonNode log = state.path("Health").path("Log");
    String output = log.path(log.size() - 1).path("Output").asText("").strip();
    boolean hasRun = !word.equals("running") && !word.equals("paused") && !word.equals("created");
    return new DockerState(
        word,
        state.path("Health").path("Status").asText("").replace("none", ""),
        Words.clean(output, LONGEST_OUTPUT),
        container.path("HostConfig").path("RestartPolicy").path("Name").asText(""),
        state.path("OOMKilled").asBoolean(false),
        container.path("RestartCount").isIntegralNumber()
            ? (Long) container.path("RestartCount").longValue()
            : null,
        instant(state.path("StartedAt").asText("")),
        hasRun && state.path("ExitCode").canConvertToInt()
            ? (Integer) state.path("ExitCode").intValue()
            : null);
  }

  /** Null for Docker's way to say never, which is the year 1. */
  static Instant instant(String text) {
    try {
      Instant instant = Instant.parse(text);
      return instant.getEpochSecond() > 0 ? instant : null;
    } catch (DateTimeParseException none) {
      return null;
    }
  }

  /**
   * What that means. One that has ended is wanted if it is to be restarted always, or has failed
   * and is to be restarted then or is said to serve something.
   *
   * @param serves whether it carries the label of a service
   */
  Condition condition(boolean serves) {
    return switch (word) {
      case "running" -> running();
      case "paused" -> of(Health.DOWN, "it is paused", true, true);
      case "restarting" ->
          of(Health.DOWN, "it " + ending() + " and is started again and again", false, true);
      case "exited", "dead" -> {
        boolean failed = exitCode == null || exitCode != 0 || word.equals("dead");
        boolean always = policy.equals("always") || policy.equals("unless-stopped");
        boolean wanted = always || failed && (serves || policy.equals("on-failure"));
        String why = always ? "; its restart policy is " + policy : "";
        yield of(Health.DOWN, "it " + ending() + why, false, wanted);
      }
      default -> of(Health.UNKNOWN, "Docker calls it " + word, false, false);
    };
  }

  private Condition running() {
    return switch (health) {
      case "unhealthy" ->
          of(
              Health.DOWN,
              "its health check fails" + (output.isEmpty() ? "" : ": " + output),
              true,
              true);
      case "starting" -> of(Health.UNKNOWN, "its health check has not passed yet", true, true);
      case "healthy" -> of(Health.UP, "its health check passes", true, true);
      default -> of(Health.UP, "it runs", true, true);
    };
  }

  private String ending() {
    return (exitCode == null ? "has ended" : "ended with code " + exitCode)
        + (outOfMemory ? ", killed for lack of memory" : "");
  }

  private Condition of(Health itsHealth, String evidence, boolean alive, boolean wanted) {
    return new Condition(itsHealth, word, evidence, alive, wanted, restarts, startedAt, exitCode);
  }
}
