package io.tocsin.streams.topology;

import static io.tocsin.schemas.Examples.NOON;
import static io.tocsin.schemas.PolicyEffect.ALLOW;
import static io.tocsin.schemas.PolicyEffect.AUDIT;
import static io.tocsin.schemas.PolicyEffect.DENY;
import static io.tocsin.streams.policy.Policies.policy;
import static io.tocsin.streams.policy.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyTrouble;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.policy.DefaultSeverities;
import io.tocsin.streams.policy.Events;
import io.tocsin.streams.policy.PolicySettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTopologyTest {

  /** Small, so that what lies beyond the limits comes soon. */
  private static final PolicySettings FEW = new PolicySettings(DefaultSeverities.STANDARD, 5, 20);

  @TempDir Path stateDir;

  private StreamsFixture streams;
  private int events;

  @BeforeEach
  void open() {
    streams = new StreamsFixture(stateDir, NOON, StreamsSettings.embedded().withPolicy(FEW));
  }

  @AfterEach
  void close() {
    streams.close();
  }

  private void act(String action) {
    streams.send(event(action));
  }

  private SecurityEvent event(String action) {
    return Events.docker("e-" + events++, action).build();
  }

  private SecurityEvent event(String action, Instant at) {
    return Events.docker("e-" + events++, action).setAt(at).build();
  }

  private List<String> violated() {
    return streams.violations.readValuesToList().stream()
        .map(violation -> violation.getEffect() + " " + violation.getAction())
        .toList();
  }

  private SecurityReport report() {
    KeyValueStore<String, SecurityReport> store =
        streams.driver.getKeyValueStore(PolicyTopology.REPORT_STORE);
    return store.get(PolicyTopology.REPORT_KEY);
  }

  @Test
  void withoutAPolicyNothingIsJudgedAndTheReportSaysSo() {
    act("exec");
    act("create-privileged");
    streams.pass(Duration.ofSeconds(1));

    assertThat(streams.violations.isEmpty()).isTrue();
    assertThat(streams.count("tocsin.streams.policy.notjudged", "no_policy")).isEqualTo(2);
    assertThat(streams.securityReports.readValue().getHeadline())
        .isEqualTo("no policy is enabled, so nothing is judged; 2 actions went unjudged so far");
  }

  @Test
  void aChangedPolicyHoldsFromTheNextEventOn() {
    streams.send(policy("p", 0, rule(DENY, "exec"), rule(ALLOW, "*")));
    act("exec");
    streams.send(policy("p", 0, rule(ALLOW, "*")));
    act("exec");
    streams.send(policy("a", -1, rule(AUDIT, "exec")));
    act("exec");

    assertThat(violated()).containsExactly("DENY exec", "AUDIT exec");
  }

  @Test
  void aTombstoneRemovesAPolicyAndTheLastOneEndsTheJudging() {
    streams.send(policy("p", 0, rule(ALLOW, "start")));
    streams.send(policy("q", 1, rule(ALLOW, "*")));
    streams.rawPolicies.pipeInput("q", (byte[]) null);
    act("exec");
    streams.rawPolicies.pipeInput("p", (byte[]) null);
    act("exec");
    streams.rawPolicies.pipeInput("nobody", (byte[]) null);

    assertThat(violated()).containsExactly("DENY exec");
    assertThat(report().getPolicies()).isZero();
    assertThat(report().getNotJudged()).isEqualTo(1);
  }

  @Test
  void aPolicyThatIsNotEnabledDecidesNothing() {
    streams.send(policy("p", 0, rule(ALLOW, "*")));
    Policy off = policy("a", -1, rule(DENY, "*"));
    off.setEnabled(false);
    streams.send(off);
    act("exec");

    assertThat(violated()).isEmpty();
    assertThat(report().getPolicies()).isEqualTo(1);
  }

  @Test
  void aBadPolicyGoesToTheDeadLettersAndTheOneBeforeItStaysInForce() {
    streams.send(policy("p", 0, rule(DENY, "exec"), rule(ALLOW, "*")));
    streams.send(
        policy("p", 0, rule("r", "*", "*", ALLOW, "nosuch"), rule("", "*", "*", ALLOW, "1 +")));
    act("exec");

    DeadLetter letter = streams.deadLetters.readValue();
    assertThat(letter.getTopic()).isEqualTo(Topics.POLICIES.name());
    assertThat(letter.getReason())
        .contains("rules.0.condition", "nosuch", "rules.1.name", "rules.1.condition");
    assertThat(letter.getKey()).isEqualTo(StandardCharsets.UTF_8.encode("p"));
    assertThat(letter.getValue()).isNotNull();
    assertThat(violated()).containsExactly("DENY exec");
    assertThat(report().getRefusedPolicies()).isEqualTo(1);
    assertThat(report().getTroubles()).extracting(PolicyTrouble::getPolicy).containsExactly("p");
    assertThat(streams.count("tocsin.streams.policy.troubles", "refused")).isEqualTo(1);
  }

  @Test
  void aPolicyUnderAnotherPoliciesKeyIsRefused() {
    streams.send(policy("p", 0, rule(ALLOW, "*")));
    byte[] stranger = streams.bytes(policy("q", 0, rule(DENY, "*")));
    streams.rawPolicies.pipeInput("p", stranger);
    act("exec");

    assertThat(streams.deadLetters.readValue().getReason()).contains("key is p", "id is q");
    assertThat(violated()).isEmpty();
  }

  @Test
  void poisonOnEitherTopicGoesToTheDeadLetters() {
    streams.send(policy("p", 0, rule(ALLOW, "start")));
    streams.rawPolicies.pipeInput("p", "no Avro".getBytes(StandardCharsets.UTF_8));
    streams.rawSecurityEvents.pipeInput("x", "no Avro".getBytes(StandardCharsets.UTF_8));
    streams.rawSecurityEvents.pipeInput("x", (byte[]) null);
    act("exec");

    assertThat(streams.deadLetters.readValuesToList())
        .extracting(DeadLetter::getTopic)
        .containsExactly(Topics.POLICIES.name(), Topics.SECURITY_EVENTS.name());
    assertThat(violated()).containsExactly("DENY exec");
    assertThat(streams.count("tocsin.streams.policy.leftout", "empty")).isEqualTo(1);
  }

  @Test
  void anEventDeliveredTwiceIsOneViolation() {
    streams.send(policy("p", 0, rule(AUDIT, "exec"), rule(DENY, "exec")));
    SecurityEvent event = event("exec");
    streams.send(event);
    streams.send(event);
    // Not even after a change of the policy, which would make another one.
    streams.send(policy("p", 0, rule("changed", "*", "*", DENY, "")));
    streams.send(event);

    assertThat(violated()).containsExactly("AUDIT exec", "DENY exec");
    assertThat(report().getJudged()).isEqualTo(1);
    assertThat(report().getRepeated()).isEqualTo(2);
  }

  @Test
  void rememberedEventsAreBounded() {
    streams.send(policy("p", 0, rule(DENY, "*")));
    int limit = FEW.events();
    SecurityEvent first = event("stop");
    streams.send(first);
    for (int i = 0; i < limit; i++) {
      act("stop");
    }
    streams.send(first);

    KeyValueStore<String, String> seen = streams.driver.getKeyValueStore(PolicyTopology.SEEN_STORE);
    try (KeyValueIterator<String, String> rows = seen.all()) {
      assertThat(rows).toIterable().hasSize(limit);
    }
    assertThat(report().getJudged()).isEqualTo(limit + 2);
    assertThat(report().getDenied()).isEqualTo(new SeverityTotals(0L, 0L, 0L, limit + 2L));
  }

  @Test
  void aReplayGivesTheSameViolations(@TempDir Path other) {
    List<Violation> first = run(streams);
    try (StreamsFixture again = new StreamsFixture(other, NOON.plusSeconds(3_600))) {
      assertThat(run(again)).isEqualTo(first).hasSize(3);
    }
  }

  private List<Violation> run(StreamsFixture fixture) {
    events = 0;
    fixture.send(policy("p", 0, rule(AUDIT, "exec"), rule(ALLOW, "start")));
    List.of("exec", "start", "stop", "die").forEach(action -> fixture.send(event(action)));
    return fixture.violations.readValuesToList();
  }

  @Test
  void violationsAndTheReportSayWhatWasDone() {
    streams.send(policy("p", 0, rule(AUDIT, "exec"), rule(ALLOW, "exec")));
    act("exec");
    act("create-privileged");
    streams.pass(Duration.ofSeconds(1));

    SecurityReport told = streams.securityReports.readValue();
    assertThat(told).isEqualTo(report());
    assertThat(told.getDenied().getCritical()).isEqualTo(1);
    assertThat(told.getAudited().getHigh()).isEqualTo(1);
    assertThat(told.getLatest()).hasSize(2);
    assertThat(streams.violations.readKeyValuesToList())
        .allMatch(each -> each.key.equals("container/host-1.web"))
        .extracting(each -> each.value.getService())
        .containsOnly("shop");
  }

  @Test
  void theReportIsWrittenOnceASecondAtMostAndOnlyWhenItChanged() {
    streams.send(policy("p", 0, rule(DENY, "*")));
    for (int i = 0; i < 100; i++) {
      act("stop");
    }
    streams.pass(Duration.ofSeconds(5));
    assertThat(streams.securityReports.readValuesToList())
        .singleElement()
        .satisfies(report -> assertThat(report.getJudged()).isEqualTo(100));

    act("stop");
    streams.pass(Duration.ofSeconds(5));
    assertThat(streams.securityReports.readKeyValuesToList())
        .singleElement()
        .satisfies(report -> assertThat(report.key).isEqualTo("report"));
  }

  @Test
  void threeScansTellWhatIsNewAndWhatIsGone() {
    streams.pass(Duration.ofMinutes(3));
    streams.send(Events.scan("shop:1", NOON, "CRITICAL CVE-1", "HIGH CVE-2").build());
    SecurityEvent second =
        Events.scan("shop:1", NOON.plusSeconds(60), "HIGH CVE-2", "HIGH CVE-3").build();
    streams.send(second);
    streams.send(second);
    streams.send(Events.scan("shop:1", NOON.plusSeconds(30), "HIGH CVE-9").build());
    streams.send(Events.scan("shop:1", NOON.plusSeconds(120), "HIGH CVE-2").build());

    List<ImageFindings> findings = streams.imageFindings.readValuesToList();
    assertThat(findings)
        .extracting(ImageFindings::getNewCritical, ImageFindings::getNewHigh)
        .containsExactly(tuple(1, 1), tuple(0, 1), tuple(0, 0));
    assertThat(findings).extracting(ImageFindings::getFixed).containsExactly(null, 1, 1);
    assertThat(findings.get(2).getFixedFindings())
        .extracting(SevereFinding::getName)
        .containsExactly("CVE-3");
    assertThat(streams.count("tocsin.streams.policy.leftout", "older_scan")).isEqualTo(2);
    assertThat(report().getImages())
        .singleElement()
        .satisfies(image -> assertThat(image.getScannedAt()).isEqualTo(second.getAt()));
  }

  @Test
  void anEventFromTheFutureCountsWhenItArrived() {
    streams.send(policy("p", 0, rule(DENY, "*")));
    streams.send(event("stop", NOON.plusSeconds(3_600)));
    streams.pass(Duration.ofSeconds(10));
    streams.send(event("start", NOON.plusSeconds(10)));
    streams.send(Events.scan("shop:1", NOON.plusSeconds(3_600), "HIGH CVE-1").build());
    streams.pass(Duration.ofSeconds(10));
    streams.send(Events.scan("shop:1", NOON.plusSeconds(20), "HIGH CVE-2").build());

    assertThat(report().getLatest())
        .extracting(Violation::getAction)
        .containsExactly("start", "stop");
    assertThat(streams.imageFindings.readValuesToList()).hasSize(2);
    assertThat(streams.count("tocsin.streams.policy.skewed", "ahead")).isEqualTo(2);
  }

  @Test
  void imagesAreBoundedAndTheForgottenAreCounted() {
    int limit = FEW.images();
    for (int i = 0; i < limit + 3; i++) {
      streams.send(Events.scan("image-" + i, NOON.plusSeconds(i), "HIGH CVE-1").build());
    }

    assertThat(streams.count("tocsin.streams.policy.leftout", "images_over_limit")).isEqualTo(3);
    KeyValueStore<String, SecurityEvent> scans =
        streams.driver.getKeyValueStore(PolicyTopology.SCAN_STORE);
    assertThat(scans.get("image-0")).isNull();
    assertThat(scans.get("image-3")).isNotNull();
  }

  @Test
  void policiesAreBounded() {
    for (int i = 0; i <= PolicyBook.POLICIES; i++) {
      streams.send(policy("p" + i, 0, rule(ALLOW, "*")));
    }

    assertThat(streams.deadLetters.readValue().getReason()).contains("200 policies already");
    assertThat(report().getPolicies()).isEqualTo(PolicyBook.POLICIES);
  }
}
