package io.tocsin.demo;

/** What the demonstration has to see, in this order. */
public enum Step {
  KILLED("service killed with SIGKILL"),
  PROBE_FAILED("probe failed"),
  INCIDENT("incident open on its topic"),
  PLANNED("heal plan made"),
  RESTARTED("process restarted"),
  VERIFIED("verified healthy"),
  RESOLVED("incident resolved"),
  RECORDED("rows in history");

  private final String words;

  Step(String words) {
    this.words = words;
  }

  /** The step as people read it. */
  public String words() {
    return words;
  }
}
