package io.tocsin.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.streams.window.HostSamples;
import io.tocsin.streams.window.HostSamples.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What streams do where agents have to seal what they say. */
class SealedTopologyTest {

  private static final Instant NOON = HostSamples.NOON;
  private static final FleetSecret SECRET = new FleetSecret("0123456789abcdef0123456789abcdef");
  private static final AgentKey WEB = SECRET.keyOf("web-1");
  private static final AgentKey DB = SECRET.keyOf("db-1");

  @TempDir Path directory;

  private StreamsFixture streams;

  @BeforeEach
  void open() throws IOException {
    Path secret = directory.resolve("fleet");
    SecretFile.create(secret, "0123456789abcdef0123456789abcdef");
    streams =
        new StreamsFixture(
            directory.resolve("state"),
            NOON,
            new SealPolicy(Mode.ENFORCE, SecretRef.in(secret), null, null));
  }

  @AfterEach
  void close() {
    streams.close();
  }

  private static List<Sample> samples(String agent, String host) {
    return new HostSamples(host, NOON)
        .seconds(20, Load.cpu(40)).stream()
            .map(
                sample ->
                    Sample.newBuilder(sample)
                        .setOrigin(new Origin(agent, "boot", sample.getOrigin().getSequence()))
                        .build())
            .toList();
  }

  private void live(List<Sample> samples, AgentKey key) {
    for (Sample sample : samples) {
      streams.pass(Duration.between(streams.now(), sample.getAt()));
      streams.send(sample, key);
    }
  }

  @Test
  void samplesThatTheirAgentSealedMakeWindows() {
    live(samples("web-1", "host/web-1"), WEB);

    assertThat(streams.finals()).isNotEmpty();
    assertThat(streams.deadLetters.isEmpty()).isTrue();
  }

  @Test
  void whatAnAgentSaysInAnothersNameMakesNoWindowAndIsKeptWithItsReason() {
    live(samples("db-1", "host/db-1"), WEB);

    assertThat(streams.windows.isEmpty()).isTrue();
    assertThat(streams.deadLetters.readValuesToList())
        .hasSize(20)
        .allSatisfy(
            letter ->
                assertThat(letter.getReason())
                    .contains("agent web-1 sealed it")
                    .contains("agent db-1 measured"));
    assertThat(streams.count("tocsin.streams.deadletters", "seal-of-another")).isEqualTo(20);
  }

  @Test
  void whatAnAgentSaysOfAnothersHostMakesNoWindow() {
    live(samples("web-1", "host/db-1"), WEB);

    assertThat(streams.windows.isEmpty()).isTrue();
    assertThat(streams.count("tocsin.streams.deadletters", "seal-not-its-own")).isEqualTo(20);
  }

  @Test
  void whatNobodySealedMakesNoWindow() {
    samples("web-1", "host/web-1").forEach(streams::send);

    assertThat(streams.windows.isEmpty()).isTrue();
    assertThat(streams.count("tocsin.streams.deadletters", "seal-missing")).isEqualTo(20);
  }

  @Test
  void aProbeIsHeldToItsSealToo() {
    Probe probe =
        Probe.newBuilder(Examples.probe(Health.DOWN, NOON))
            .setOrigin(new Origin("web-1", "boot", 0L))
            .build();
    streams.send(probe, WEB);
    assertThat(streams.deadLetters.isEmpty()).isTrue();

    streams.send(probe, DB);

    DeadLetter letter = streams.deadLetters.readValue();
    assertThat(letter.getTopic()).isEqualTo("tocsin.probes");
    assertThat(letter.getReason()).contains("agent db-1 sealed it");
  }
}
