package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tocsin rollout} over instances of the streams in a pipeline that works and pages people
 * meanwhile: {@code -Dtocsin.trial.rounds=0} for one bad version; 3 takes a good version and every
 * kind of bad one through three hosts, so many times, in an order that {@code -Dtocsin.trial.seed}
 * repeats. An ordinary build leaves it out.
 */
@EnabledIfSystemProperty(named = "tocsin.trial.rounds", matches = "[0-9]+")
class RolloutITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final int ROUNDS = Integer.getInteger("tocsin.trial.rounds", 0);
  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime());
  private static final int ROLLED_BACK = 20;
  private static final int UNDER_WAY = 24;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern WITHIN =
      Pattern.compile("rolled back ([0-9.]+) s after the first bad look");

  /** Some seconds of the fleet's samples, as one of the instances gets them. */
  private static final int SOON = 40;

  private static final List<String> NAMES =
      ROUNDS > 0 ? List.of("one", "two", "three") : List.of("one", "two");

  @TempDir static Path directory;
  private static TestInstallation installation;
  private static TocsinProcess pipeline;
  private static Hosts hosts;
  private static Fleet fleet;
  private static int shopPort;

  private final Trial backs = new Trial("rolled back after the first bad look");
  private final Trial pages = new Trial("paged meanwhile");
  private HttpServer shop;

  @BeforeAll
  static void start() throws Exception {
    installation = new TestInstallation(Files.createDirectories(directory.resolve("up")));
    shopPort = TestInstallation.freePorts(1).get(0);
    installation.configure(
        """
        checks:
          - {id: shop, service: shop, tier: core, tcp: {host: 127.0.0.1, port: %d}}
        """
            .formatted(shopPort));
    pipeline = installation.up();
    hosts = new Hosts(directory, installation.cluster(), NAMES);
    Versions versions = hosts.versions();
    versions.good("1.0.0-good");
    versions.good("1.1.0-good");
    versions.endsAtOnce("2.0.0-ends");
    versions.neverReady("2.1.0-unready");
    versions.makesDeadLetters("2.2.0-letters", SOON);
    versions.stopsReading("2.3.0-stops", SOON);
    hosts.putEverywhere("1.0.0-good");
    fleet = new Fleet(installation.cluster(), "rollout", new Ledger(), Clock.systemUTC(), SEED);
    fleet.start();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
    hosts.close();
    pipeline.close();
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.stop(0);
    }
  }

  @Test
  void aBadVersionIsTakenBackWhilePagingGoesOn() throws Exception {
    System.out.printf("rollout trial: %d rounds, seed %d%n", ROUNDS, SEED);
    List<String> bad =
        ROUNDS > 0
            ? List.of("2.0.0-ends", "2.1.0-unready", "2.2.0-letters", "2.3.0-stops")
            : List.of("2.2.0-letters");
    Path plan = hosts.plan(installation.apiPort());
    awaitGood();
    openShop();
    Random random = new Random(SEED);
    String good = "1.0.0-good";
    for (int round = 0; round < Math.max(1, ROUNDS); round++) {
      if (ROUNDS > 0) {
        good = good.equals("1.0.0-good") ? "1.1.0-good" : "1.0.0-good";
        rollOut(plan, good, 0);
        assertEverywhere(good);
      }
      List<String> order = new ArrayList<>(bad);
      Collections.shuffle(order, random);
      for (String version : order) {
        String said = rollOut(plan, version, ROLLED_BACK);
        assertEverywhere(good);
        Matcher within = WITHIN.matcher(said);
        assertThat(within.find()).as(said).isTrue();
        backs.add(Duration.ofMillis((long) (Double.parseDouble(within.group(1)) * 1_000)));
      }
    }
    System.out.println(backs.report());
    System.out.println(pages.report());
    assertThat(backs.percentile(1)).isLessThanOrEqualTo(Duration.ofSeconds(60));
  }

  /** Until a rollout could begin; the instances may still be starting. */
  private static void awaitGood() {
    for (int port : hosts.ports()) {
      HttpRequest ready =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
      await("ready at " + port)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200);
    }
  }

  /** What it said. In the middle of it, somebody is paged, and nobody else can roll out. */
  private String rollOut(Path plan, String version, int status) throws Exception {
    try (TocsinProcess rollout = rollout(plan, "--to", version)) {
      await("it has begun")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(rollout.isAlive()).as(rollout::report).isTrue())
          .until(() -> rollout.output().contains(" deploying "));
      page();
      if (ROUNDS == 0 && rollout.isAlive()) {
        try (TocsinProcess second = rollout(plan, "--to", version)) {
          int refused = second.exitCode(PATIENCE);
          if (rollout.isAlive()) {
            assertThat(refused).as(second::report).isEqualTo(UNDER_WAY);
            assertThat(second.errors()).contains("another rollout by this plan is under way");
          }
        }
      }
      assertThat(rollout.exitCode(PATIENCE.multipliedBy(3)))
          .as(() -> rollout.report() + String.join("\n", NAMES.stream().map(hosts::log).toList()))
          .isEqualTo(status);
      System.out.println(rollout.output());
      return rollout.output();
    }
  }

  private static TocsinProcess rollout(Path plan, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("rollout", plan.toString()));
    all.addAll(List.of(arguments));
    return TocsinProcess.start(directory, all.toArray(new String[0]));
  }

  private void page() throws Exception {
    shop.stop(0);
    Instant closed = Instant.now();
    await("an incident of the shop")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> shopIsDown());
    pages.add(Duration.between(closed, Instant.now()));
    openShop();
    await("it is over").atMost(PATIENCE).until(() -> !shopIsDown());
  }

  private void openShop() throws Exception {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), shopPort), 50);
    shop.start();
  }

  private static boolean shopIsDown() throws Exception {
    for (JsonNode incident : installation.get("/api/v1/incidents?state=open")) {
      if (incident.path("service").asText().equals("shop")) {
        return true;
      }
    }
    return false;
  }

  private static void assertEverywhere(String version) throws Exception {
    for (String name : NAMES) {
      assertThat(hosts.current(name)).isEqualTo(version);
    }
  }
}
