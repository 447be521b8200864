package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers behind HAProxy are killed under load, one after the other and each once so that none
 * flaps; the pipeline turns traffic away from them, and back when they are well again. HAProxy
 * checks nothing itself here. For a long trial: {@code -Dtocsin.trial.rounds=30}. The project's
 * promise is a probe interval and half a second from the kill to the drained server, at the 95th
 * percentile.
 */
class TrafficSwitchITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = Integer.getInteger("tocsin.trial.rounds", 2);

  @TempDir Path directory;
  private static final int SERVERS = Math.max(3, ROUNDS);
  private final List<Integer> ports = TestInstallation.freePorts(SERVERS + 1);
  private final Process[] servers = new Process[SERVERS];
  private Process haproxy;
  private Path socket;

  @BeforeEach
  void start() throws Exception {
    RealPart.need("HAProxy", "install haproxy", "haproxy", "-v");
    RealPart.need("busybox", "install busybox-static", "/bin/busybox", "true");
    Files.createDirectories(directory.resolve("www"));
    Files.writeString(directory.resolve("www/index.html"), "ok");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < SERVERS; i++) {
      startServer(i);
      lines.append("  server %s 127.0.0.1:%d%n".formatted(name(i), ports.get(i)));
    }
    socket = Files.createTempDirectory("hap").resolve("s");
    Path config =
        Files.writeString(
            directory.resolve("haproxy.cfg"),
            """
            global
              stats socket %s mode 600 level admin
            defaults
              mode http
              timeout connect 500ms
              timeout client 5s
              timeout server 5s
              retries 0
            frontend shop
              bind 127.0.0.1:%d
              default_backend web
            backend web
              balance roundrobin
            %s
            """
                .formatted(socket, ports.get(SERVERS), lines));
    haproxy =
        new ProcessBuilder("haproxy", "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.log").toFile())
            .start();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> state("web-1").equals("ready"));
  }

  private static String name(int i) {
    return "web-" + (i + 1);
  }

  private void startServer(int index) throws IOException {
    servers[index] =
        new ProcessBuilder(
                "/bin/busybox", "httpd", "-f", "-p", "127.0.0.1:" + ports.get(index), "-h", "www")
            .directory(directory.toFile())
            .start();
  }

  @AfterEach
  void stop() {
    for (Process server : servers) {
      if (server != null) {
        server.destroyForcibly();
      }
    }
    if (haproxy != null) {
      haproxy.destroyForcibly();
    }
  }

  @Test
  void trafficIsTurnedAwayFromADeadServerAndBackWhenItIsWell() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    StringBuilder checks = new StringBuilder();
    StringBuilder targets = new StringBuilder();
    for (int i = 0; i < SERVERS; i++) {
      checks.append(
          "  - {id: %s, service: shop, tier: core, interval: 1s, timeout: 300ms, tcp: {host: 127.0.0.1, port: %d}}%n"
              .formatted(name(i), ports.get(i)));
      targets.append("%sendpoint/%s: web/%s".formatted(i == 0 ? "" : ", ", name(i), name(i)));
    }
    installation.configure(
        """
        checks:
        %s
          - {id: front, service: front, interval: 1s, timeout: 400ms, http: {url: "http://127.0.0.1:%d/", status-from: 200, status-to: 299}}
        rules:
          - {name: service-down, signal: health, select: {resource: "endpoint/web-*"}, clear-for: 1s, summary: "{resource} is {health}"}
        healing:
          mode: auto
          rate: {actions: 1000, within: 10m}
          actions:
            - name: turn-away
              does: {haproxy: {operation: drain, socket: %s}}
              targets: {%s}
              cooldown: 0s
              max-attempts: 100
              while-down: true
              verify: {by: probes, of: endpoint/front, healthy-probes: 2, within: 20s}
        """
            .formatted(checks, ports.get(SERVERS), socket, targets));
    Trial trial = new Trial("backend killed to HAProxy drained");
    try (TocsinProcess process = installation.up()) {
      double failedShare = 0;
      for (int round = 0; round < ROUNDS; round++) {
        int victim = round;
        String name = name(victim);
        await(process.report())
            .atMost(PATIENCE)
            .until(() -> installation.get("/api/v1/incidents").isEmpty() && allReady());
        TimeUnit.MILLISECONDS.sleep(1_500 + 137L * (round % 7));
        try (TrafficLoad load =
            new TrafficLoad(URI.create("http://127.0.0.1:" + ports.get(SERVERS) + "/"), 4)) {
          TimeUnit.MILLISECONDS.sleep(500);
          long goodBefore = load.good();
          long began = System.nanoTime();
          servers[victim].destroyForcibly().waitFor();
          await(process.report())
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(10))
              .until(() -> state(name).equals("drain"));
          trial.add(Duration.ofNanos(System.nanoTime() - began));
          TimeUnit.SECONDS.sleep(2);
          long failed = load.failed();
          failedShare += (double) failed / (failed + load.good() - goodBefore);
          TimeUnit.MILLISECONDS.sleep(500);
          assertThat(load.failed()).as("no request fails any more").isEqualTo(failed);
        }
        startServer(victim);
      }
      await(process.report()).atMost(PATIENCE).until(this::allReady);
      System.out.println(trial.report());
      System.out.printf(
          Locale.ROOT,
          "failed share of the load from the kill to 2 s after the drain: %.2f %%%n",
          100 * failedShare / ROUNDS);
    }
  }

  private boolean allReady() throws IOException {
    for (int i = 0; i < SERVERS; i++) {
      if (!state(name(i)).equals("ready")) {
        return false;
      }
    }
    return true;
  }

  /** ready, drain or maint, as the admin state in HAProxy's own words. */
  private String state(String server) throws IOException {
    for (String line : ask("show servers state web\n").split("\n")) {
      String[] fields = line.split(" ");
      if (fields.length > 6 && fields[3].equals(server)) {
        int admin = Integer.parseInt(fields[6]);
        return (admin & 0x01) != 0 ? "maint" : (admin & 0x08) != 0 ? "drain" : "ready";
      }
    }
    throw new IOException("HAProxy has no server " + server);
  }

  private String ask(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(command.getBytes(StandardCharsets.US_ASCII)));
      StringBuilder answer = new StringBuilder();
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        answer.append(StandardCharsets.US_ASCII.decode(buffer));
        buffer.clear();
      }
      return answer.toString();
    }
  }
}
