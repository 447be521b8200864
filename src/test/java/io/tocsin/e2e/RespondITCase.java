package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.alerting.healing.signature.PlanSigner;
import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tocsin respond}, a process of its own beside a cluster. */
class RespondITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int TAKEN_OVER = 16;

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static PlanTraffic traffic;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new TestCluster(directory.resolve("cluster"));
    new Broker(cluster.address()).prepare((short) 1);
    traffic = new PlanTraffic(cluster.address(), directory.resolve("keys"));
  }

  @AfterAll
  static void stopCluster() {
    traffic.close();
    cluster.close();
  }

  @Test
  void onlyASignedFreshNewPlanIsCarriedOutAndTheOthersAreAccountedFor() throws Exception {
    String target = "container/signed";
    Path done = directory.resolve("signed.txt");
    Path file = config("signed", done, 0, List.of(target));
    String http = "127.0.0.1:" + TestInstallation.freePorts(1).get(0);
    try (TocsinProcess responder = start(file, "--http", http)) {
      assertThat(get(http, "/health/ready")).isEqualTo("ready\n");
      HealPlan real = traffic.signed(PlanTraffic.plan("real", target));
      heal(real);
      assertThat(lines(done)).containsExactly("incident-real");

      traffic.send(real); // replayed
      HealPlan expired = PlanTraffic.plan("expired", target);
      Instant past = Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
      expired.setNotAfter(past);
      traffic.probe(target, Health.DOWN);
      traffic.send(traffic.signed(expired));
      assertThat(traffic.end("expired").getOutcome()).isEqualTo(HealOutcome.REFUSED);

      HealPlan next = traffic.signed(PlanTraffic.plan("next", target));
      HealPlan forged = HealPlan.newBuilder(next).setIncidentId("incident-forged").build();
      HealPlan unsigned = PlanTraffic.plan("unsigned", target);
      PlanKeys others = PlanKeys.create(directory.resolve("others"));
      HealPlan stranger =
          PlanSigner.ofFile(others.privateKey()).sign(PlanTraffic.plan("stranger", target));
      traffic.send(forged);
      traffic.send(unsigned);
      traffic.send(stranger);
      await("dead letters")
          .atMost(PATIENCE)
          .until(() -> traffic.deadLetters().stream().filter(RespondITCase::isPlan).count() >= 3);
      // The forged one has the real one's id and must not stop it.
      heal(next);

      assertThat(lines(done)).containsExactly("incident-real", "incident-next");
      assertThat(traffic.outcomes("real"))
          .containsExactly(HealOutcome.INTENT, HealOutcome.EXECUTED, HealOutcome.VERIFIED);
      assertThat(traffic.results("unsigned")).isEmpty();
      assertThat(traffic.results("stranger")).isEmpty();
      assertThat(traffic.deadLetters().stream().filter(RespondITCase::isPlan))
          .extracting(DeadLetter::getReason)
          .hasSize(3)
          .anyMatch(reason -> reason.contains("does not hold"))
          .anyMatch(reason -> reason.contains("not signed"))
          .anyMatch(reason -> reason.contains("names a key"));
      assertThat(traffic.audit().stream().filter(entry -> entry.getKind() == AuditKind.FORGED))
          .hasSize(3);
      assertThat(get(http, "/metrics"))
          .contains("tocsin_healing_ignored_total{reason=\"signature\"} 3.0");
      assertThat(responder.isAlive()).isTrue();
    }
    assertThat(audit(file, 0)).contains("good: entries 1 to");
    AuditHead head = AuditChain.headOf(traffic.audit().get(0));
    String other = head.sequence() + ":" + "0".repeat(64);
    assertThat(audit(file, 0, "--head", head.toString())).contains("good: entries 1 to");
    assertThat(audit(file, 1, "--head", other)).contains("broken at entry 1");
  }

  @Test
  void aSecondResponderFencesTheFirstWhichSaysSo() throws Exception {
    String target = "container/fenced";
    Path done = directory.resolve("fenced.txt");
    Path file = config("fenced", done, 0, List.of(target));
    try (TocsinProcess first = start(file);
        TocsinProcess second = start(file)) {
      assertThat(first.exitCode(PATIENCE)).as(first::report).isEqualTo(TAKEN_OVER);
      assertThat(first.errors()).contains("another responder has taken over");
      heal(traffic.signed(PlanTraffic.plan("by-the-second", target)));
      assertThat(lines(done)).containsExactly("incident-by-the-second");
      assertThat(traffic.results("by-the-second"))
          .allMatch(result -> result.getEpoch() == epochOf(second));
      assertThat(epochOf(second)).isGreaterThan(epochOf(first));
      traffic.assertAuditIsWhole();
    }
  }

  @Test
  void aResponderThatStoodStillWhileAnotherTookOverDoesNothingTwice() throws Exception {
    List<String> targets = IntStream.range(0, 12).mapToObj(i -> "container/still-" + i).toList();
    Path done = directory.resolve("still.txt");
    Path file = config("still", done, 0.3, targets);
    try (TocsinProcess first = start(file)) {
      targets.forEach(target -> traffic.probe(target, Health.DOWN));
      for (int i = 0; i < targets.size(); i++) {
        traffic.send(traffic.signed(PlanTraffic.plan("still-" + i, targets.get(i))));
      }
      await("it has begun").atMost(PATIENCE).until(() -> !lines(done).isEmpty());
      signal(first, "STOP");
      try (TocsinProcess second = start(file)) {
        targets.forEach(target -> traffic.probe(target, Health.DOWN));
        for (int i = 0; i < targets.size(); i++) {
          traffic.end("still-" + i);
        }
        Thread.sleep(5_000);
        signal(first, "CONT");
        assertThat(first.exitCode(PATIENCE)).as(first::report).isEqualTo(TAKEN_OVER);
        assertThat(second.isAlive()).as(second::report).isTrue();
      }
      List<String> executed = lines(done);
      assertThat(executed).doesNotHaveDuplicates();
      long unknown =
          IntStream.range(0, targets.size())
              .filter(i -> traffic.outcomes("still-" + i).contains(HealOutcome.UNKNOWN))
              .count();
      System.out.printf(
          "%d plans, %d executed, %d unknown, 0 twice%n", targets.size(), executed.size(), unknown);
      traffic.assertAuditIsWhole();
    }
  }

  @Test
  void whatPeopleDoWhileNoResponderRunsIsInTheAuditOnce() throws Exception {
    Path file = config("people", directory.resolve("people.txt"), 0, List.of("container/people"));
    String token = run("token", "create", "--name", "away", "--role", "viewer", file);
    assertThat(token).matches("tocsin_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\\s*");
    try (TocsinProcess first = start(file)) {
      awaitAudit("created for away");
      run("token", "create", "--name", "here", "--role", "admin", file);
      awaitAudit("created for here");
      // A responder that dies before that tells the audit twice rather than not at all.
      await("the group has come so far").atMost(PATIENCE).until(RespondITCase::isCommitted);
      first.kill();
    }
    try (TocsinProcess second = start(file)) {
      run("token", "revoke", token.substring("tocsin_".length()).split("_")[0], file);
      awaitAudit("of away revoked");
      assertThat(said("created for away")).isEqualTo(1);
      assertThat(said("created for here")).isEqualTo(1);
      assertThat(second.isAlive()).as(second::report).isTrue();
    }
    assertThat(run("token", "list", file)).contains("here").doesNotContain("away");
    traffic.assertAuditIsWhole();
  }

  private static void awaitAudit(String text) {
    await(text).atMost(PATIENCE).until(() -> said(text) > 0);
  }

  private static long said(String text) {
    return traffic.audit().stream()
        .filter(entry -> entry.getKind() == AuditKind.COMMANDED)
        .filter(entry -> entry.getActor().equals(System.getProperty("user.name")))
        .filter(entry -> entry.getReason().contains(text))
        .count();
  }

  private static boolean isCommitted() throws Exception {
    TopicPartition commands = new TopicPartition(Topics.COMMANDS.name(), 0);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", cluster.address().bootstrapServers()))) {
      OffsetAndMetadata next =
          admin
              .listConsumerGroupOffsets("tocsin-responder")
              .partitionsToOffsetAndMetadata()
              .get()
              .get(commands);
      long end =
          admin
              .listOffsets(Map.of(commands, OffsetSpec.latest()))
              .partitionResult(commands)
              .get()
              .offset();
      return next != null && next.offset() == end;
    }
  }

  /** Runs a command with the configuration as its last argument; what it printed. */
  private static String run(Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    for (Object each : arguments) {
      command.add(each instanceof Path ? "--config=" + each : (String) each);
    }
    try (TocsinProcess process = TocsinProcess.start(directory, command.toArray(String[]::new))) {
      assertThat(process.exitCode(PATIENCE)).as(process::report).isZero();
      return process.output();
    }
  }

  private static boolean isPlan(DeadLetter letter) {
    return letter.getTopic().equals("tocsin.heal-plans");
  }

  /** Down, the plan, up. */
  private static void heal(HealPlan plan) {
    traffic.probe(plan.getTargetId(), Health.DOWN);
    traffic.send(plan);
    traffic.step(plan.getId(), HealOutcome.EXECUTED);
    traffic.probe(plan.getTargetId(), Health.UP);
    assertThat(traffic.end(plan.getId()).getOutcome()).isEqualTo(HealOutcome.VERIFIED);
  }

  private static String get(String address, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String audit(Path file, int exitCode, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("audit", "verify", "--config", file.toString()));
    command.addAll(List.of(more));
    try (TocsinProcess verify = TocsinProcess.start(directory, command.toArray(String[]::new))) {
      assertThat(verify.exitCode(PATIENCE)).as(verify::report).isEqualTo(exitCode);
      return verify.output();
    }
  }

  private static TocsinProcess start(Path file, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("respond", "--config", file.toString()));
    command.addAll(List.of(more));
    TocsinProcess responder = TocsinProcess.start(directory, command.toArray(String[]::new));
    await("the responder runs")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(responder.isAlive()).as(responder::report).isTrue())
        .until(() -> responder.output().contains("Ctrl-C stops"));
    return responder;
  }

  private static long epochOf(TocsinProcess responder) {
    return Long.parseLong(responder.output().replaceAll("(?s).*?responder (\\d+) at.*", "$1"));
  }

  private static void signal(TocsinProcess process, String name) throws Exception {
    long pid = process.tree().get(0).pid();
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : Collections.emptyList();
  }

  /**
   * The target is a file that gets a line, forced to disk, for each execution. What takes no time
   * is proved well by the test, which a busy machine may keep from saying so for long.
   */
  private static Path config(String name, Path done, double seconds, List<String> targets)
      throws IOException {
    List<String> quoted = new ArrayList<>();
    targets.forEach(target -> quoted.add('"' + target + '"'));
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        data-dir: %s
        cluster: {bootstrap-servers: "%s", registry: "%s"}
        healing:
          mode: auto
          signing: {public-key: "%s"}
          autonomy: {below: 0}
          rate: {actions: 1000, within: 1m}
          blast-radius:
            per-service: {count: 100}
            per-host: {count: 100}
            per-zone: {count: 100}
            total: {count: 100}
          evidence: {min-healthy-share: 0, min-known-share: 0}
          actions:
            - name: touch
              does:
                exec:
                  argv: [/bin/sh, -c, 'echo "$TOCSIN_INCIDENT" >> "$0"; sync "$0"; sleep "$1"', "%s", "%s"]
              targets: %s
              timeout: 20s
              cooldown: 0s
              max-attempts: 100
              attempts-within: 1s
              verify: {by: probes, healthy-probes: 1, within: %ds}
        """
            .formatted(
                directory.resolve(name),
                cluster.address().bootstrapServers(),
                cluster.address().registryUrl(),
                traffic.publicKey(),
                done,
                seconds,
                quoted,
                seconds > 0 ? 5 : 60));
  }
}
