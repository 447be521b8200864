package io.tocsin.collectors.health;

/**
 * What Docker says of a container. A container that does not run, is paused or waits for its
 * restart is DOWN. One that runs is what its HEALTHCHECK says, UNKNOWN while that says {@code
 * starting}; without a HEALTHCHECK running is UP.
 *
 * @param name of the container
 * @param status such as {@code running}, {@code paused}, {@code restarting} or {@code exited}
 * @param exitCode of the last run
 * @param oomKilled whether that was ended for want of memory
 * @param health such as {@code healthy} or {@code starting}; null or {@code none} where it has no
 *     HEALTHCHECK
 * @param said what the last run of the HEALTHCHECK said; null where there was none
 */
record ContainerHealth(
    String name, String status, long exitCode, boolean oomKilled, String health, String said) {

  Verdict verdict() {
    if (!"running".equals(status)) {
      return Verdict.wrong(name + " is " + status + ending());
    }
    if (health == null || health.isEmpty() || health.equals("none")) {
      return Verdict.up(name + " is running, it has no health check");
    }
    String evidence =
        name + " is " + health + (said == null || said.isBlank() ? "" : ": " + said.strip());
    return switch (health) {
      case "healthy" -> Verdict.up(evidence);
      case "starting" -> Verdict.undecided(evidence);
      default -> Verdict.wrong(evidence);
    };
  }

  private String ending() {
    if (!"exited".equals(status) && !"restarting".equals(status) && !"dead".equals(status)) {
      return "";
    }
    return ", exit code " + exitCode + (oomKilled ? ", killed for want of memory" : "");
  }
}
