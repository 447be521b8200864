package io.tocsin.streams.policy;

/**
 * How container policy works.
 *
 * @param severities how bad actions are where no rule says it
 * @param images images whose newest scan is remembered; of more, the one scanned longest ago is
 *     forgotten, and its next scan counts as its first
 * @param events events remembered, so that one delivered again is not judged again
 */
public record PolicySettings(DefaultSeverities severities, int images, int events) {

  public PolicySettings {
    if (images < 1 || events < 1) {
      throw new IllegalArgumentException("at least one image and one event have to be remembered");
    }
  }

  /** The standard severities, 1,000 images, 10,000 events. */
  public static PolicySettings defaults() {
    return new PolicySettings(DefaultSeverities.STANDARD, 1_000, 10_000);
  }
}
