package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What second evidence there is for a bottleneck. Each metric counts once, the one that raised it
 * not at all. Where a sign is the shortage itself, calm evidence contradicts nothing: what is
 * stolen cannot be seen from inside.
 *
 * @param agreeing how many agree
 * @param contradicting how many contradict
 * @param words the findings, those that agree first
 */
record Corroboration(int agreeing, int contradicting, List<String> words) {

  static Corroboration of(
      BottleneckKind kind, Sign named, Interval interval, Thresholds thresholds) {
    Set<Metric> told = EnumSet.of(named.metric);
    List<String> agree = new ArrayList<>();
    boolean isShortage = false;
    for (Sign sign : Sign.of(kind)) {
      if (sign.ratio(interval, thresholds) > 1) {
        isShortage |= sign.role == Sign.Role.SHORTAGE;
        if (told.add(sign.metric)) {
          agree.add(sign.words(interval, thresholds));
        }
      }
    }
    List<String> contradict = new ArrayList<>();
    for (Evidence evidence : Evidence.of(kind)) {
      double value = Sign.trusted(evidence.metric, interval, thresholds);
      if (value > evidence.agreesAbove) {
        if (told.add(evidence.metric)) {
          agree.add(MetricWords.of(evidence.metric, value));
        }
      } else if (!isShortage && value < evidence.contradictsBelow && told.add(evidence.metric)) {
        contradict.add(MetricWords.of(evidence.metric, value));
      }
    }
    int agreeing = agree.size();
    int contradicting = contradict.size();
    agree.addAll(contradict);
    return new Corroboration(agreeing, contradicting, agree);
  }

  /** Whether more agrees than contradicts. */
  boolean confirms() {
    return agreeing > contradicting;
  }

  /**
   * 0 to 1, one half where nothing was measured; each further evidence moves it half as far as the
   * one before, about.
   */
  double weight() {
    int balance = agreeing - contradicting;
    return 0.5 + 0.5 * balance / (1 + Math.abs(balance));
  }
}
