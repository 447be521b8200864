package io.tocsin.collectors.policy;

import io.tocsin.collectors.Reading;
import io.tocsin.collectors.policy.Tally.What;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All policies of an agent, in their order: times are clamped, then what is secret taken out of
 * labels and texts, then labels bounded, then series counted. Samples and probes, which
 * availability is judged by, are never left out. Everything that is changed or left out is told to
 * the {@link Tally}. Thread-safe.
 */
public final class Policies {

  private final Clamping clamping;
  private final Classification classification;
  private final LabelPolicy labels;
  private final SeriesLimiter limiter;

  /** Series of sums over the limit, which are bounded too: names may be endless as well. */
  private final SeriesLimiter overflowing;

  /**
   * Policies that have seen nothing yet.
   *
   * @param seed a number that nobody outside knows
   * @throws IllegalArgumentException if values are to be hashed, and there is no key for it
   */
  public Policies(PolicyConfig config, long seed) {
    this.clamping = new Clamping(config.maxFuture(), config.maxAge());
    this.classification = new Classification(config.classification());
    this.labels = new LabelPolicy(config);
    this.limiter = new SeriesLimiter(config.maxSeries(), config.seriesTtl(), seed);
    int sums = Math.max(1, config.maxSeries() / 50);
    this.overflowing = new SeriesLimiter(sums, config.seriesTtl(), seed);
  }

  /**
   * Applies the policies to the builders of a reading.
   *
   * @param now this machine's clock
   * @return what is to be sent; the same object where nothing had to be left out
   */
  public Reading apply(Reading reading, Instant now, Tally tally) {
    reading.samples().forEach(sample -> clamp(sample, now, tally));
    reading.probes().forEach(probe -> clamp(probe, now, tally));
    reading.events().forEach(event -> bound(event, now, tally));
    reading.measurements().forEach(figure -> bound(figure, now, tally));
    List<Measurement.Builder> admitted = admitted(reading, now, tally);
    return admitted == reading.measurements()
        ? reading
        : new Reading(
            reading.samples(), reading.probes(), admitted, reading.events(), reading.problems());
  }

  /** The description to send; empty where there is no room for one more. */
  public Optional<Resource> apply(Resource resource, Instant now, Tally tally) {
    Map<String, String> kept = bounded(resource.getLabels(), tally);
    if (!admit(resource.getId(), now)) {
      tally.count(What.SERIES, "resource-refused");
      return Optional.empty();
    }
    Resource.Builder described = Resource.newBuilder(resource).setUpdatedAt(now);
    return Optional.of(described.setLabels(kept).build());
  }

  /** How many series are active. */
  public synchronized int activeSeries(Instant now) {
    limiter.expire(now);
    return limiter.active();
  }

  private synchronized boolean admit(String resourceId, Instant now) {
    return limiter.admit(limiter.resource(resourceId), now);
  }

  private synchronized List<Measurement.Builder> admitted(
      Reading reading, Instant now, Tally tally) {
    for (Sample.Builder sample : reading.samples()) {
      limiter.admitAlways(limiter.resource(sample.getResourceId()), now);
    }
    for (Probe.Builder probe : reading.probes()) {
      limiter.admitAlways(limiter.resource(probe.getResourceId()), now);
    }
    List<Measurement.Builder> figures = reading.measurements();
    List<Measurement.Builder> admitted = null;
    Overflow overflow = null;
    for (int i = 0; i < figures.size(); i++) {
      Measurement.Builder figure = figures.get(i);
      if (limiter.admit(series(limiter, figure, figure.getLabels()), now)) {
        if (admitted != null) {
          admitted.add(figure);
        }
        continue;
      }
      if (admitted == null) {
        admitted = new ArrayList<>(figures.subList(0, i));
        overflow = new Overflow();
      }
      boolean folds =
          Overflow.folds(figure)
              && overflowing.admit(series(overflowing, figure, Overflow.LABELS), now);
      tally.count(What.SERIES, folds ? "folded" : "refused");
      if (folds) {
        overflow.fold(figure);
      }
    }
    if (admitted == null) {
      return figures;
    }
    admitted.addAll(overflow.sums());
    return admitted;
  }

  private static long series(
      SeriesLimiter limiter, Measurement.Builder figure, Map<String, String> labels) {
    return limiter.series(figure.getResourceId(), figure.getName(), labels);
  }

  private void clamp(Sample.Builder sample, Instant now, Tally tally) {
    Instant claimed = sample.getAt();
    Instant at = clamping.clamp(claimed, now, tally);
    if (at != claimed) {
      sample.setClaimedAt(Clamping.claim(sample.getClaimedAt(), claimed)).setAt(at);
    }
  }

  /** Secrets first: half of one, cut by a bound, would not be known as one. */
  private Map<String, String> bounded(Map<String, String> given, Tally tally) {
    return labels.apply(classification.apply(given, tally), tally);
  }

  /** A text out of what was read, for a log. */
  public String forLog(String text) {
    return classification.text("log", text, (what, reason) -> {});
  }

  private void clamp(Probe.Builder probe, Instant now, Tally tally) {
    Instant claimed = probe.getAt();
    Instant at = clamping.clamp(claimed, now, tally);
    if (at != claimed) {
      probe.setClaimedAt(Clamping.claim(probe.getClaimedAt(), claimed)).setAt(at);
    }
    if (probe.hasEvidence()) {
      probe.setEvidence(classification.text("evidence", probe.getEvidence(), tally));
    }
  }

  private void bound(Measurement.Builder figure, Instant now, Tally tally) {
    Instant claimed = figure.getAt();
    Instant at = clamping.clamp(claimed, now, tally);
    if (at != claimed) {
      figure.setClaimedAt(Clamping.claim(figure.getClaimedAt(), claimed)).setAt(at);
    }
    if (figure.hasLabels()) {
      figure.setLabels(bounded(figure.getLabels(), tally));
    } else {
      figure.setLabels(new HashMap<>());
    }
  }

  private void bound(SecurityEvent.Builder event, Instant now, Tally tally) {
    Instant claimed = event.getAt();
    Instant at = clamping.clamp(claimed, now, tally);
    if (at != claimed) {
      event.setClaimedAt(Clamping.claim(event.getClaimedAt(), claimed)).setAt(at);
    }
    if (event.hasAttributes()) {
      event.setAttributes(bounded(event.getAttributes(), tally));
    }
    if (event.hasTitle()) {
      event.setTitle(classification.text("title", event.getTitle(), tally));
    }
    if (event.hasDetail()) {
      event.setDetail(classification.text("detail", event.getDetail(), tally));
    }
  }
}
