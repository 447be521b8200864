package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.parts.RealPart;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real way: a pair of virtual Ethernet interfaces into a network namespace in which the echo
 * responder runs, shaped by the kernel's token bucket. Needs root and iproute2.
 */
@Timeout(60)
class NamespacePathITCase {

  private static final long PID = ProcessHandle.current().pid() % 100_000;
  private static final String SPACE = "tocsin-" + PID;
  private static final String OURS = "tct" + PID + "a";
  private static final String THEIRS = "tct" + PID + "b";
  private static final String NEAR = "198.18.77.1";
  private static final String FAR = "198.18.77.2";
  private static final int PORT = 18_862;
  private static Process responder;

  @BeforeAll
  static void build() throws Exception {
    Optional<String> missing = tryTo("ip", "netns", "add", SPACE);
    RealPart.need("a network namespace (root, iproute2)", missing);
    run("ip", "link", "add", OURS, "type", "veth", "peer", "name", THEIRS, "netns", SPACE);
    run("ip", "address", "add", NEAR + "/30", "dev", OURS);
    run("ip", "link", "set", OURS, "up");
    inside("ip", "address", "add", FAR + "/30", "dev", THEIRS);
    inside("ip", "link", "set", THEIRS, "up");
    responder =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                SPACE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tocsin.collectors.echo.EchoServerProcess",
                FAR,
                Integer.toString(PORT))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(Duration.ofSeconds(20)).until(NamespacePathITCase::listening);
  }

  private static boolean listening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(FAR, PORT), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @AfterAll
  static void tearDown() throws Exception {
    if (responder != null) {
      responder.descendants().forEach(ProcessHandle::destroyForcibly);
      responder.destroyForcibly().waitFor();
    }
    tryTo("ip", "link", "delete", OURS);
    tryTo("ip", "netns", "delete", SPACE);
  }

  private static Optional<String> tryTo(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8);
      if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return Optional.empty();
      }
      process.destroyForcibly();
      return Optional.of(String.join(" ", command) + ": " + said);
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static void run(String... command) throws InterruptedException {
    assertThat(tryTo(command)).isEmpty();
  }

  private static void inside(String... command) throws InterruptedException {
    String[] all = new String[command.length + 4];
    System.arraycopy(new String[] {"ip", "netns", "exec", SPACE}, 0, all, 0, 4);
    System.arraycopy(command, 0, all, 4, command.length);
    run(all);
  }

  private static Collector collector(PathTarget target, Duration interval) {
    NetworkPath plain = new NetworkPath("way", target);
    return Paths.collector(
        new NetworkPath(
            "way",
            null,
            null,
            plain.tcp(),
            plain.udp(),
            null,
            null,
            plain.icmp(),
            interval,
            Duration.ofSeconds(2),
            null,
            null));
  }

  @Test
  void everyKindOfBurstGetsThere() throws Exception {
    for (PathTarget target :
        new PathTarget[] {
          new TcpTarget(FAR, PORT, true, null, null, null),
          new UdpTarget(FAR, PORT, null, null, null),
          new IcmpTarget(FAR, null, null, null)
        }) {
      try (Collector collector = collector(target, null)) {
        Probe.Builder probe = Paths.probe(collector);
        assertThat(probe.getHealth()).as(probe.getEvidence()).isEqualTo(Health.UP);
        assertThat(probe.getPath().getReceived()).isEqualTo(10);
      }
    }
  }

  @Test
  void throughputIsThatOfTheShapedLink() throws Exception {
    // 8 Mbit/s are a million bytes a second; headers take some of it.
    run(
        "tc", "qdisc", "add", "dev", OURS, "root", "tbf", "rate", "8mbit", "burst", "16kb",
        "latency", "400ms");
    try (Collector collector =
        collector(
            new TcpTarget(FAR, PORT, true, null, null, new Throughput(1 << 20, null)),
            Duration.ofSeconds(5))) {
      assertThat(Paths.probe(collector).getPath().getThroughputBytesPerSecond())
          .isBetween(600_000.0, 1_050_000.0);
    } finally {
      run("tc", "qdisc", "delete", "dev", OURS, "root");
    }
  }

  @Test
  void aLinkThatIsCutCostsThePassesUntilItIsBack() throws Exception {
    try (Collector tcp = collector(new TcpTarget(FAR, PORT, true, null, null, null), null);
        Collector udp = collector(new UdpTarget(FAR, PORT, null, null, null), null)) {
      assertThat(Paths.probe(tcp).getHealth()).isEqualTo(Health.UP);
      assertThat(Paths.probe(udp).getHealth()).isEqualTo(Health.UP);
      inside("ip", "link", "set", THEIRS, "down");
      try {
        for (Collector cut : new Collector[] {tcp, udp}) {
          Probe.Builder probe = Paths.probe(cut);
          assertThat(probe.getHealth()).as(probe.getEvidence()).isEqualTo(Health.DOWN);
          assertThat(probe.getPath().getReceived()).isZero();
        }
      } finally {
        inside("ip", "link", "set", THEIRS, "up");
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  Paths.probe(tcp).getHealth() == Health.UP
                      && Paths.probe(udp).getHealth() == Health.UP);
    }
  }
}
