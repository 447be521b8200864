package io.tocsin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.e2e.TocsinProcess;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topics;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline at a broker that asks everybody who he is, and those who should not get in. */
@Timeout(300)
class SecuredClusterITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static SecuredPipeline pipeline;

  @BeforeAll
  static void start() throws Exception {
    pipeline = new SecuredPipeline(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    pipeline.close();
  }

  @Test
  void anIncidentIsHealedByStagesThatMayDoTheirOwnWorkAlone() throws Exception {
    Path healed = directory.resolve("healed.txt");
    pipeline.startStages(healed);
    int port = Ports.free(1).get(0);
    HttpServer shop = shop(port);
    Path config = pipeline.agent("web-1", pipeline.as("agent.web-1"), port);
    try (TocsinProcess agent =
            TocsinProcess.start(directory, "collect", "--config", config.toString());
        TopicReader results =
            TopicReader.fromBeginning(
                pipeline.broker().admin(),
                "test",
                Clock.systemUTC(),
                Set.of(Topics.HEAL_RESULTS))) {
      await("the shop is known to be up")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(agent.isAlive()).as(agent::report).isTrue())
          .ignoreExceptions()
          .until(() -> get("/api/v1/resources").contains("endpoint/shop"));
      shop.stop(0);
      await("it was healed").atMost(PATIENCE).until(() -> Files.exists(healed));
      shop = shop(port);
      List<HealOutcome> outcomes = new ArrayList<>();
      await("the heal result")
          .atMost(PATIENCE)
          .until(
              () -> {
                for (Received<?> received : results.poll(Duration.ofMillis(200))) {
                  received.as(Topics.HEAL_RESULTS).ifPresent(r -> outcomes.add(r.getOutcome()));
                }
                return outcomes.contains(HealOutcome.VERIFIED);
              });
      await("resolved, as the API tells it")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(get("/api/v1/incidents?state=resolved"))
                      .as(() -> "open: " + fetched("/api/v1/incidents?state=open"))
                      .contains("endpoint/shop"));
    } finally {
      shop.stop(0);
    }
    for (Actor actor : Actor.values()) {
      String principal = actor == Actor.AGENT ? "User:agent.web-1" : Principals.usual().of(actor);
      assertThat(WatchedAuthorizer.denied(principal)).as(principal).isEmpty();
      if (actor.compareTo(Actor.OPERATOR) < 0) {
        System.out.println(principal + " never used " + unused(actor, principal));
      }
    }
  }

  @Test
  void anAgentSaysWhatItIsRefusedKeepsWhatItMeasuresAndGoesOnWhenItIsLet() throws Exception {
    Path password = Files.writeString(directory.resolve("web-3.password"), "chosen-beforehand");
    Path config = pipeline.agent("web-3", pipeline.broker().account("agent.web-3", password), 1);
    Path plainText = pipeline.agent("web-4", pipeline.broker().plainText(), 1);
    Path admin = directory.resolve("admin.yaml");
    Files.writeString(admin, SecuredPipeline.cluster(pipeline.as(Actor.ADMIN)));
    try (TocsinProcess agent = collect(config);
        TocsinProcess inPlainText = collect(plainText)) {
      says(agent, "does not take the account agent.web-3");
      assertThat(
              run(
                  "accounts create --agent web-3 --password-file %s --config %s"
                      .formatted(password, admin)))
          .contains("user: agent.web-3")
          .doesNotContain("chosen");
      says(agent, "does not let the account agent.web-3 use");
      assertThat(run("acls --apply --agent web-3 --config " + admin))
          .contains("granted: User:agent.web-3 Write topic tocsin.samples")
          .contains("5 granted, 0 not needed, left");
      says(agent, "the broker takes what it is sent again");
      assertThat(agent.report()).doesNotContain("chosen");
      assertThat(run("acls --check --agent web-3 --config " + admin))
          .contains("allows what is needed");
      // To Kafka's client what a broker says to it looks like the length of 350 MB.
      assertThat(inPlainText.exitCode(PATIENCE)).isEqualTo(3);
      assertThat(inPlainText.errors()).contains("speaks TLS, and cluster.security is not set");
    }
  }

  private static TocsinProcess collect(Path config) throws Exception {
    return TocsinProcess.startAgent(directory, "collect", "--config", config.toString());
  }

  private static void says(TocsinProcess agent, String words) {
    await(words)
        .atMost(PATIENCE)
        .failFast(() -> assertThat(agent.isAlive()).as(agent::report).isTrue())
        .until(() -> agent.output().contains(words));
  }

  private static String run(String arguments) throws Exception {
    try (TocsinProcess command = TocsinProcess.start(directory, arguments.split(" "))) {
      assertThat(command.exitCode(PATIENCE)).as(command::report).isZero();
      return command.output();
    }
  }

  private static List<String> unused(Actor actor, String principal) {
    Set<String> used = WatchedAuthorizer.allowed(principal);
    return Rights.of(actor).stream()
        .map(
            right ->
                "%s %s %s %s"
                    .formatted(
                        principal,
                        right.operation(),
                        right.resource().resourceType(),
                        right.resource().name()))
        .filter(line -> used.stream().noneMatch(each -> each.startsWith(line)))
        .map(line -> line.substring(principal.length() + 1))
        .toList();
  }

  private static HttpServer shop(int port) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String fetched(String path) {
    try {
      return get(path);
    } catch (Exception broken) {
      return broken.toString();
    }
  }

  private static String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(pipeline.api() + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
