package io.tocsin.e2e;

import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records of a small shop that alerting is fed with; seconds count from a time of the test's. */
record AlertingInput(Instant start) {

  /** A measured queue of more than 90 for five minutes. */
  static final String QUEUE =
      "name: queue-long\nsignal: application\nselect: {series: queue}\nwhen: value > 90.0\nfor: 5m\n";

  /** The rules that come with the program. */
  static AlertingConfig shipped() {
    List<RuleText> rules =
        new RuleReader()
            .readTexts(BuiltInRules.texts()).rules().stream()
                .map(rule -> rule.asText("config", Instant.EPOCH))
                .toList();
    return new AlertingConfig(rules, List.of());
  }

  Instant at(double second) {
    return start.plus(Duration.ofMillis(Math.round(second * 1_000)));
  }

  Resource resource(String id, ResourceKind kind, String parent, String service, String... needs) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName(id.substring(id.indexOf('/') + 1))
        .setParent(parent)
        .setService(service)
        .setTier(Tier.CORE)
        .setDependsOn(List.of(needs))
        .setUpdatedAt(at(-60))
        .build();
  }

  Probe probe(String service, double second, Health health) {
    return Probe.newBuilder(Examples.probe(health, at(second)))
        .setResourceId("endpoint/" + service)
        .setService(service)
        .build();
  }

  Measurement queue(double second, double value) {
    return Measurement.newBuilder()
        .setResourceId("container/web")
        .setKind(ResourceKind.CONTAINER)
        .setService("web")
        .setTier(Tier.CORE)
        .setLayer(Layer.APPLICATION)
        .setName("queue")
        .setType(MeasurementType.GAUGE)
        .setValue(value)
        .setOrigin(Examples.origin(0))
        .setAt(at(second))
        .build();
  }

  Bottleneck cpu(String host, double since, double second, boolean active) {
    return Bottleneck.newBuilder()
        .setResourceId(host)
        .setResourceKind(ResourceKind.HOST)
        .setKind(BottleneckKind.CPU)
        .setActive(active)
        .setSince(at(since))
        .setAt(at(second))
        .setValue(active ? 93 : 40)
        .setThreshold(80)
        .setUnit("%")
        .setConfidence(0.9)
        .build();
  }

  RuleText rule(String text) {
    return RuleText.newBuilder()
        .setName(text.substring("name: ".length(), text.indexOf('\n')))
        .setVersion("sent")
        .setText(text)
        .setFile("rules.yaml")
        .setLine(1)
        .setBy("ann")
        .setAt(at(0))
        .build();
  }
}
