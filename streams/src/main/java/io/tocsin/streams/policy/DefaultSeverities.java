package io.tocsin.streams.policy;

import io.tocsin.schemas.Severity;
import java.util.HashMap;
import java.util.Map;

/**
 * How bad an action is where no rule says it: for the default deny, and for rules without a
 * severity.
 *
 * <p>Ours, by what the action gives to whoever does it: {@code create-privileged} the host,
 * CRITICAL; {@code create-host-access}, {@code exec} and {@code attach} a way into a running
 * system, HIGH; what runs or changes code or takes data out, MEDIUM; everything else, such as a
 * stop or a rename, LOW.
 *
 * @param byAction what differs from that
 */
public record DefaultSeverities(Map<String, Severity> byAction) {

  private static final Map<String, Severity> TABLE =
      Map.ofEntries(
          Map.entry("create-privileged", Severity.CRITICAL),
          Map.entry("create-host-access", Severity.HIGH),
          Map.entry("exec", Severity.HIGH),
          Map.entry("attach", Severity.HIGH),
          Map.entry("create", Severity.MEDIUM),
          Map.entry("start", Severity.MEDIUM),
          Map.entry("update", Severity.MEDIUM),
          Map.entry("mount", Severity.MEDIUM),
          Map.entry("commit", Severity.MEDIUM),
          Map.entry("export", Severity.MEDIUM),
          Map.entry("copy", Severity.MEDIUM),
          Map.entry("archive-path", Severity.MEDIUM),
          Map.entry("extract-to-dir", Severity.MEDIUM),
          Map.entry("image-import", Severity.MEDIUM),
          Map.entry("image-load", Severity.MEDIUM),
          Map.entry("image-save", Severity.MEDIUM));

  /** The table as it stands. */
  public static final DefaultSeverities STANDARD = new DefaultSeverities(Map.of());

  /**
   * The table with changes.
   *
   * @throws IllegalArgumentException for a severity that no violation can have
   */
  public DefaultSeverities {
    byAction.forEach(
        (action, severity) -> {
          if (severity == Severity.INFO || severity == Severity.UNSPECIFIED) {
            throw new IllegalArgumentException(
                "the severity of " + action + " has to be one of LOW, MEDIUM, HIGH, CRITICAL");
          }
        });
    Map<String, Severity> all = new HashMap<>(TABLE);
    all.putAll(byAction);
    byAction = Map.copyOf(all);
  }

  Severity of(String action) {
    return byAction.getOrDefault(action, Severity.LOW);
  }
}
