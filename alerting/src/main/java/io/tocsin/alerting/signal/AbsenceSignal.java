package io.tocsin.alerting.signal;

/** That an expected resource says nothing. */
public final class AbsenceSignal {

  /** The figures of a silence. */
  public static final FieldTable<Silence> FIELDS =
      FieldTable.<Silence>builder()
          .number(
              "silent_seconds",
              "s",
              "Since the last sign of life, or since it was registered.",
              Silence::silentSeconds)
          .number("missed", "", "Intervals in which nothing came.", Silence::missed)
          .bool("never_seen", "Whether nothing ever came.", Silence::neverSeen)
          .build();

  private AbsenceSignal() {}

  /**
   * How long a resource has been silent.
   *
   * @param silentSeconds since its last sign of life, or since it was registered
   * @param missed intervals in which nothing came
   * @param neverSeen whether nothing ever came
   */
  public record Silence(double silentSeconds, double missed, boolean neverSeen) {}
}
