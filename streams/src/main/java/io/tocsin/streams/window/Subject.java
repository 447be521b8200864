package io.tocsin.streams.window;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Tier;
import java.util.Objects;

/**
 * Whom a window or a bottleneck speaks of, as the newest sample describes it.
 *
 * @param resourceId the resource
 * @param kind what it is
 * @param service service it belongs to, or null
 * @param tier whether the system is unavailable without it
 */
public record Subject(String resourceId, ResourceKind kind, String service, Tier tier) {

  /** The subject of a sample: {@code before} itself where nothing differs from it. */
  static Subject of(Sample sample, Subject before) {
    return before != null
            && before.kind == sample.getKind()
            && before.tier == sample.getTier()
            && before.resourceId.equals(sample.getResourceId())
            && Objects.equals(before.service, sample.getService())
        ? before
        : of(sample);
  }

  /** The subject of a sample. */
  public static Subject of(Sample sample) {
    return new Subject(
        sample.getResourceId(), sample.getKind(), sample.getService(), sample.getTier());
  }
}
