package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.ShadowReport;
import java.time.Instant;
import java.util.List;

/**
 * A comparison of a shadow rule with the live one, so far.
 *
 * @param shadow name of the shadow rule
 * @param version the shadow's version; another one begins anew
 * @param live name of the live rule
 * @param since event time of the first alert that was compared
 * @param newestAt event time of the newest
 * @param both episodes of the live rule in which the shadow fired too
 * @param onlyLive episodes that only the live one had
 * @param onlyShadow episodes that only the shadow had
 * @param latest the newest differences, in words
 * @param open episodes that are not yet counted for good
 */
public record ShadowState(
    String shadow,
    String version,
    String live,
    Instant since,
    Instant newestAt,
    long both,
    long onlyLive,
    long onlyShadow,
    List<String> latest,
    List<ShadowEpisode> open) {

  /** What people are told. */
  public ShadowReport report(Instant at) {
    return ShadowReport.newBuilder()
        .setName(shadow)
        .setVersion(version)
        .setLive(live)
        .setSince(since)
        .setAt(at)
        .setBoth(both)
        .setOnlyLive(onlyLive)
        .setOnlyShadow(onlyShadow)
        .setLatest(latest)
        .build();
  }
}
