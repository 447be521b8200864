package io.tocsin.collectors.app.mapping;

import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns figures into measurements by the rules. The service is the first of: the rule's, that of
 * the rule's label, the figure's own, that of the source's labels, the source's. A figure without a
 * time of its own gets the time at which it was taken in.
 *
 * <p>A counter of requests whose labels say "error" gives two measurements, REQUESTS and ERRORS;
 * the second is named {@code <name>:errors}, since the name is what tells two series with the same
 * labels apart. A distribution whose values are requests gives {@code <name>:requests} in the same
 * way. Not thread-safe.
 */
public final class Mapper {

  private static final int MOST_NAMES = 10_000;

  private record Known(String name, List<Rule> rules) {}

  private final List<Rule> rules;
  private final FigureSource source;
  private final Inventory inventory;
  private final Complaints complaints;
  private final Map<String, Known> known = new HashMap<>();

  /**
   * A mapper for one source.
   *
   * @param complaints told when there are too many services
   */
  public Mapper(
      List<MappingRule> rules, FigureSource source, Inventory inventory, Complaints complaints) {
    this.rules = rules.stream().map(Rule::new).toList();
    this.source = source;
    this.inventory = inventory;
    this.complaints = complaints;
  }

  /** Hands the measurements of one figure on: none, one, or several. */
  public void map(Figure figure, Instant now, Consumer<Measurement.Builder> measurements) {
    Known name = known(figure.name());
    if (figure.event()) {
      MappingRule kpi = Rule.EVENT;
      emit(figure, name.name(), kpi, subject(figure, kpi, now), now, measurements);
      return;
    }
    for (Rule rule : name.rules()) {
      if (rule.matchesLabels(figure.labels())) {
        if (!rule.rule().drop()) {
          apply(figure, name.name(), rule, now, measurements);
        }
        return;
      }
    }
    if (source.keepUnmapped()) {
      MappingRule other = Rule.UNMAPPED;
      emit(figure, name.name(), other, subject(figure, other, now), now, measurements);
    }
  }

  private void apply(
      Figure figure, String name, Rule matching, Instant now, Consumer<Measurement.Builder> out) {
    MappingRule rule = matching.rule();
    Subject subject = subject(figure, rule, now);
    emit(figure, rule.kpi() == null ? name : rule.kpi(), rule, subject, now, out);
    boolean counted = rule.countRequests() && figure.distribution() != null;
    if (subject == null || !counted && rule.meaning() != Meaning.REQUESTS) {
      return;
    }
    Figure requests = counted ? count(figure) : figure;
    if (counted) {
      out.accept(
          builder(requests, name + ":requests", rule, subject, now).setMeaning(Meaning.REQUESTS));
    }
    if (matching.isError(figure.labels())) {
      out.accept(
          builder(requests, name + ":errors", rule, subject, now).setMeaning(Meaning.ERRORS));
    }
  }

  private static Figure count(Figure figure) {
    Distribution values = figure.distribution();
    return new Figure(
        figure.name(),
        figure.labels(),
        values.getDelta() ? MeasurementType.DELTA : MeasurementType.COUNTER,
        "1",
        values.getCount(),
        null,
        figure.startedAt(),
        figure.at(),
        figure.service(),
        false);
  }

  private void emit(
      Figure figure,
      String name,
      MappingRule rule,
      Subject subject,
      Instant now,
      Consumer<Measurement.Builder> out) {
    if (subject == null) {
      complaints.add(
          Reason.OVER_LIMIT,
          source.name(),
          "figures of more than %d services and endpoints within an hour; those of the others are"
                  .formatted(Inventory.MOST)
              + " left out: is a label that names services something else?");
      return;
    }
    out.accept(builder(figure, name, rule, subject, now));
  }

  private Measurement.Builder builder(
      Figure figure, String name, MappingRule rule, Subject subject, Instant now) {
    Distribution values = figure.distribution();
    boolean retyped = rule.type() != null && values == null;
    boolean sameUnit = rule.unit() == null || rule.countRequests() && values == null;
    return Measurement.newBuilder()
        .setResourceId(subject.id())
        .setKind(subject.kind())
        .setService(subject.service())
        .setTier(tier(rule))
        .setLayer(rule.layer())
        .setMeaning(rule.meaning())
        .setName(name)
        .setType(retyped ? rule.type() : figure.type())
        .setUnit(sameUnit ? figure.unit() : rule.unit())
        .setLabels(figure.labels())
        .setValue(values == null ? (Double) figure.value() : null)
        .setDistribution(values)
        .setStartedAt(figure.startedAt())
        .setAt(figure.at() == null ? now : figure.at());
  }

  private Tier tier(MappingRule rule) {
    return rule.tier() == null ? source.tier() : rule.tier();
  }

  private Subject subject(Figure figure, MappingRule rule, Instant now) {
    String service = service(figure, rule);
    if (rule.kind() == ResourceKind.ENDPOINT) {
      String endpoint = figure.labels().get(rule.resourceLabel());
      if (endpoint != null && !endpoint.isBlank()) {
        return inventory.endpoint(endpoint, service, tier(rule), now);
      }
    }
    return inventory.service(service, tier(rule), now);
  }

  private String service(Figure figure, MappingRule rule) {
    if (rule.service() != null) {
      return rule.service();
    }
    String named = rule.serviceLabel() == null ? null : figure.labels().get(rule.serviceLabel());
    named = named == null || named.isBlank() ? figure.service() : named;
    for (String label : source.serviceLabels()) {
      named = named == null || named.isBlank() ? figure.labels().get(label) : named;
    }
    return named == null || named.isBlank() ? source.service() : named;
  }

  private Known known(String name) {
    Known found = known.get(name);
    if (found == null) {
      if (known.size() >= MOST_NAMES) {
        known.clear();
      }
      List<Rule> matching = rules.stream().filter(rule -> rule.matchesName(name)).toList();
      found = new Known(name.replaceAll("\\p{Cntrl}", "_"), matching);
      known.put(name, found);
    }
    return found;
  }
}
