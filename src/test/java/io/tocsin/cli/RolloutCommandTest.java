package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.delivery.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tocsin rollout} and {@code tocsin verify} over HTTP, with files in place of instances. */
class RolloutCommandTest {

  @TempDir Path directory;
  private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
  private Path plan;

  @BeforeEach
  void start() throws Exception {
    StringBuilder targets = new StringBuilder();
    for (String name : List.of("a", "b")) {
      Files.writeString(directory.resolve(name), "1.0");
      targets.append(
          "  - {name: %s, health: \"http://127.0.0.1:%d\"}%n".formatted(name, instance(name)));
    }
    plan =
        Files.writeString(
            directory.resolve("plan.yaml"),
            """
            api: ["http://127.0.0.1:%d"]
            deploy: {run: [sh, -c, "test $1 != 9.9 && printf %%s $1 > $0", "{target}", "{version}"]}
            targets:
            %ssteps:
              - {name: canary, targets: [a], bake: 300ms}
              - {name: all, targets: [b], bake: 300ms}
            checks: {before: 100ms, every: 100ms, tolerate: 2, ready-within: 10s, back-bake: 200ms}
            """
                .formatted(api(), targets));
  }

  @AfterEach
  void stop() {
    servers.values().forEach(server -> server.stop(0));
  }

  private HttpServer server(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    servers.put(name, server);
    server.start();
    return server;
  }

  /** An instance whose version is what stands in its file. */
  private int instance(String name) throws IOException {
    HttpServer server = server(name);
    server.createContext(
        "/",
        exchange -> {
          String version = Files.readString(directory.resolve(name));
          byte[] body =
              "tocsin_build_info{version=\"%s\"} 1.0\n"
                  .formatted(version)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(version.startsWith("3") ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return server.getAddress().getPort();
  }

  /** An API that knows of dead letters as soon as a version that makes them is on {@code b}. */
  private int api() throws IOException {
    HttpServer server = server("api");
    server.createContext(
        "/",
        exchange -> {
          boolean bad = Files.readString(directory.resolve("b")).startsWith("4");
          String letters =
              bad
                  ? "{'topic': 't', 'partition': 0, 'offset': 1, 'stage': 'streams',"
                      + " 'reason': 'no \\u001b[2J good', 'at': '"
                      + Instant.now().plusSeconds(60)
                      + "'}"
                  : "";
          byte[] body =
              (exchange.getRequestURI().getPath().endsWith("incidents")
                      ? "[]"
                      : "{'lag': [], 'refusals': [], 'deadLetters': [" + letters + "]}")
                  .replace('\'', '"')
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return server.getAddress().getPort();
  }

  private record Said(int status, String text) {}

  private Said run(String... words) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    CommandLine line = Main.commandLine().setOut(writer).setErr(writer);
    int status = line.execute(words);
    writer.flush();
    return new Said(status, said.toString());
  }

  private void assertEverywhere(String version) {
    assertThat(directory.resolve("a")).hasContent(version);
    assertThat(directory.resolve("b")).hasContent(version);
  }

  @Test
  void aGoodVersionIsPutEverywhereAndCanBeTakenBack() {
    Said done = run("rollout", plan.toString(), "--to", "2.0");
    assertThat(done.status()).as(done.text()).isZero();
    assertThat(done.text()).contains("deployed canary a 2.0", "passed all", "done: every instance");
    assertEverywhere("2.0");
    Said back = run("rollout", plan.toString(), "--back");
    assertThat(back.status()).as(back.text()).isEqualTo(20);
    assertEverywhere("1.0");
    assertThat(Journal.file(directory.resolve("rollout"))).exists();
  }

  @Test
  void aBadVersionIsTakenBackAndTheReasonIsPlainText() {
    Said unready = run("rollout", plan.toString(), "--to", "3.0");
    assertThat(unready.status()).as(unready.text()).isEqualTo(20);
    assertThat(unready.text()).contains("a: is not ready: 503", "rolled back");
    assertEverywhere("1.0");
    Said letters = run("rollout", plan.toString(), "--to", "4.0");
    assertThat(letters.status()).as(letters.text()).isEqualTo(20);
    assertThat(letters.text())
        .contains("restoring all b 1.0", "restoring canary a 1.0", "could not be used since")
        .doesNotContain("\u001b");
    assertEverywhere("1.0");
    Said failing = run("rollout", plan.toString(), "--to", "9.9");
    assertThat(failing.status()).as(failing.text()).isEqualTo(20);
    assertThat(failing.text()).contains("sh ended with status 1");
  }

  @Test
  void nothingBeginsWhileAnotherHasTheJournalOrWhereItIsNotWell() throws Exception {
    try (Journal other = Journal.take(directory.resolve("rollout"), entry -> {}).orElseThrow()) {
      assertThat(other.entries()).isEmpty();
      assertThat(run("rollout", plan.toString(), "--to", "2.0"))
          .isEqualTo(
              new Said(
                  24,
                  "tocsin: another rollout by this plan is under way: process %d\n"
                      .formatted(ProcessHandle.current().pid())));
    }
    servers.get("api").stop(0);
    Said silent = run("rollout", plan.toString(), "--to", "2.0");
    assertThat(silent.status()).as(silent.text()).isEqualTo(22);
    assertThat(silent.text())
        .contains("nothing was changed", "nothing answers at http://127.0.0.1");
    assertEverywhere("1.0");
  }

  @Test
  void whatWasInterruptedIsToldAndGoesOn() throws Exception {
    assertThat(run("rollout", plan.toString(), "--to", "2.0").status()).isZero();
    Path journal = Journal.file(directory.resolve("rollout"));
    List<String> lines = Files.readAllLines(journal);
    List<String> begun = lines.stream().takeWhile(line -> !line.contains("\"PASSED\"")).toList();
    assertThat(begun).hasSizeBetween(3, lines.size() - 4);
    Files.write(journal, begun);
    Said told = run("rollout", plan.toString(), "--to", "2.1");
    assertThat(told.status()).isEqualTo(23);
    assertThat(told.text()).contains("the rollout of 2.0", "--resume", "--back");
    Said resumed = run("rollout", plan.toString(), "--resume", "--json");
    assertThat(resumed.status()).as(resumed.text()).isZero();
    assertThat(resumed.text().lines())
        .allMatch(line -> line.startsWith("{"))
        .last()
        .asString()
        .contains("DONE");
    assertEverywhere("2.0");
  }

  @Test
  void whatIsAskedForHasToMakeSense() {
    assertThat(run("rollout", plan.toString()).status()).isEqualTo(2);
    assertThat(run("rollout", plan.toString(), "--to", "../../etc").text())
        .contains("a version is up to 101 letters");
    assertThat(run("rollout", plan.toString(), "--resume"))
        .isEqualTo(new Said(22, "tocsin: no rollout by this plan was interrupted\n"));
    assertThat(run("rollout", plan.toString(), "--check").text())
        .contains("good: 2 targets in 2 steps");
    assertThat(run("rollout", directory.resolve("none.yaml").toString(), "--check").status())
        .isEqualTo(3);
  }

  @Test
  void whoeverDeploysOtherwiseCanAskWhetherItIsAsWellAsBefore() throws Exception {
    Path before = directory.resolve("before.json");
    assertThat(run("verify", plan.toString(), "--save", before.toString()).status()).isZero();
    String[] ask = {
      "verify", plan.toString(), "--since", before.toString(), "--version", "2.0", "--for", "200ms"
    };
    Said old = run(ask);
    assertThat(old.status()).as(old.text()).isEqualTo(1);
    assertThat(old.text()).contains("a: runs 1.0, not 2.0");
    Files.writeString(directory.resolve("a"), "2.0");
    Files.writeString(directory.resolve("b"), "2.0");
    assertThat(run(ask).status()).isZero();
    Files.writeString(before, "{}");
    assertThat(run(ask).status()).isEqualTo(3);
  }
}
