package io.tocsin.collectors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Nothing that is secret is in a record that is handed on, wherever in a reading it stood. */
class ClassifiedReadingProperties {

  private static final Tally NOBODY = (what, reason) -> {};

  private final Policies policies = new Policies(PolicyConfig.DEFAULT, 1);

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .ofMinLength(12)
        .ofMaxLength(40)
        .map("Zq9"::concat);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        "password", "DB_PASSWORD", "x-api-key", "Authorization", "cookie", "auth-token", "Secret");
  }

  /** Text before it, so that it stands anywhere. */
  @Provide
  Arbitrary<String> forms() {
    return Arbitraries.of(
        "password=%s",
        "--token %s",
        "Authorization: Bearer %s",
        "https://ann:%s@db/x",
        "{\"secret\":\"%s\"}",
        "-----BEGIN PRIVATE KEY-----\n%s",
        "ghp_0123456789abcdefghijklmnop%s");
  }

  @Property
  void aSecretIsInNoRecord(
      @ForAll("secrets") String secret,
      @ForAll("names") String name,
      @ForAll("forms") String form,
      @ForAll @StringLength(max = 20) String before) {
    String text = before + " " + form.formatted(secret) + " end";
    Map<String, String> labels = Map.of(name, secret, "command", text, "route", "/");
    Reading reading =
        Reading.builder()
            .add(Probe.newBuilder(Examples.probe(Health.DOWN, Examples.NOON)).setEvidence(text))
            .add(
                Measurement.newBuilder()
                    .setResourceId("service/shop")
                    .setKind(ResourceKind.SERVICE)
                    .setLayer(Layer.BUSINESS)
                    .setName("orders")
                    .setType(MeasurementType.GAUGE)
                    .setLabels(labels)
                    .setValue(1.0)
                    .setAt(Examples.NOON))
            .add(
                SecurityEvent.newBuilder()
                    .setId("e")
                    .setAt(Examples.NOON)
                    .setSource(SecuritySource.FALCO)
                    .setAction("exec")
                    .setSeverity(Severity.HIGH)
                    .setResourceId("host/web-1")
                    .setKind(ResourceKind.HOST)
                    .setTitle(text)
                    .setDetail(text)
                    .setAttributes(labels))
            .build();
    Resource resource =
        Resource.newBuilder()
            .setId("host/web-1")
            .setKind(ResourceKind.HOST)
            .setName("web-1")
            .setLabels(labels)
            .setUpdatedAt(Examples.NOON)
            .build();

    Reading sent = policies.apply(reading, Examples.NOON, NOBODY);
    String described = policies.apply(resource, Examples.NOON, NOBODY).orElseThrow().toString();

    assertThat(sent.probes().get(0).getEvidence()).doesNotContain(secret);
    assertThat(sent.measurements().get(0).getLabels().toString()).doesNotContain(secret);
    assertThat(sent.measurements().get(0).getLabels()).containsEntry("route", "/");
    SecurityEvent.Builder event = sent.events().get(0);
    assertThat(event.getTitle() + event.getDetail() + event.getAttributes()).doesNotContain(secret);
    assertThat(described).doesNotContain(secret);
    assertThat(policies.forLog(text)).doesNotContain(secret);
  }
}
