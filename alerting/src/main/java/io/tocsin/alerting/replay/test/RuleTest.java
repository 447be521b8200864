package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.signal.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One test: what is observed, and what is expected at which times.
 *
 * @param name says what the rules have to do
 * @param line line of the file at which it begins, from 1
 * @param rules names of the rules that are in force; empty for all of the set
 * @param resources the inventory; resources that only occur in the input are not expected to report
 * @param start event time and wall clock at the beginning
 * @param every time between two values of a series
 * @param inputs the series
 * @param expectations in the order of their times
 */
public record RuleTest(
    String name,
    int line,
    List<String> rules,
    List<TestResource> resources,
    Instant start,
    Duration every,
    List<InputSeries> inputs,
    List<Expectation> expectations) {

  /** Copies what it is given. */
  public RuleTest {
    rules = List.copyOf(rules);
    resources = List.copyOf(resources);
    inputs = List.copyOf(inputs);
    expectations = List.copyOf(expectations);
  }

  /** Whether it expects anything of the channels that are told. */
  boolean asksForChannels() {
    return expectations.stream()
        .filter(one -> one.incidents() != null)
        .flatMap(one -> one.incidents().stream())
        .anyMatch(Expectation.ExpectedIncident::asksForChannels);
  }

  /** All that is observed, in the order of time; what has the same time, in that of the file. */
  public List<Observation> observations() {
    Map<String, TestResource> byId =
        resources.stream().collect(Collectors.toMap(TestResource::id, Function.identity()));
    List<Observation> all = new ArrayList<>();
    for (InputSeries input : inputs) {
      TestResource resource =
          byId.getOrDefault(input.resource(), TestResource.of(input.resource()));
      all.addAll(input.observations(resource, start, every));
    }
    all.sort(Comparator.comparing(Observation::at));
    return all;
  }

  /** When the last value has been seen and the last expectation is due, whichever is later. */
  public Instant end() {
    Duration longest = Duration.ZERO;
    for (InputSeries input : inputs) {
      Duration ends = input.from().plus(every.multipliedBy(input.length()));
      longest = ends.compareTo(longest) > 0 ? ends : longest;
    }
    for (Expectation expectation : expectations) {
      longest = expectation.at().compareTo(longest) > 0 ? expectation.at() : longest;
    }
    return start.plus(longest);
  }
}
