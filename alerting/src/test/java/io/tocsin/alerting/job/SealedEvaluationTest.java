package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealHeaders;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What alerting does where agents have to seal what they say. */
class SealedEvaluationTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String DOWN = "signal: health\nwhen: \"!up\"";
  private static final String MEASURING = Examples.origin(0).getAgent();

  @TempDir Path directory;

  private Cluster cluster;

  @BeforeEach
  void secret() throws IOException {
    Path file = directory.resolve("fleet");
    SecretFile.create(file, SECRET);
    cluster =
        new Cluster(
            Records.CLUSTER.bootstrapServers(),
            Records.CLUSTER.registryUrl(),
            null,
            new SealPolicy(Mode.ENFORCE, SecretRef.in(file), null, null));
  }

  private static RawRecord sealed(RawRecord raw, String agent) {
    RecordHeaders headers = new RecordHeaders();
    byte[] key = raw.key().getBytes(StandardCharsets.UTF_8);
    new Sealer(new FleetSecret(SECRET).keyOf(agent)).seal(raw.topic(), key, raw.value(), headers);
    return new RawRecord(
        raw.topic(),
        raw.partition(),
        raw.offset(),
        raw.timestamp(),
        raw.key(),
        raw.value(),
        SealHeaders.agent(headers),
        SealHeaders.seal(headers));
  }

  @Test
  void aFailingProbeThatItsAgentSealedFires() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(cluster)) {
      bench.rule("down", DOWN);
      bench.take(sealed(bench.records.probe(Records.ID, 0, Health.DOWN), MEASURING));

      assertThat(bench.words()).containsExactly("down FIRING 0");
      assertThat(bench.letters()).isEmpty();
    }
  }

  @Test
  void oneInAnothersNameFiresNothingAndIsKeptWithItsReason() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(cluster)) {
      bench.rule("down", DOWN);
      bench.take(sealed(bench.records.probe(Records.ID, 0, Health.DOWN), "web-9"));
      bench.take(bench.records.probe(Records.ID, 0, Health.DOWN));

      assertThat(bench.words()).isEmpty();
      assertThat(bench.letters())
          .extracting(letter -> letter.getReason())
          .satisfiesExactly(
              first -> assertThat(first).contains("agent web-9 sealed it"),
              second -> assertThat(second).contains("no seal"));
    }
  }

  @Test
  void nobodyRemovesAnothersHostFromTheInventory() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(cluster)) {
      bench.take(sealed(bench.records.removal(Topics.RESOURCES, "host/db-1"), "web-1"));
      assertThat(bench.letters())
          .singleElement()
          .satisfies(letter -> assertThat(letter.getReason()).contains("host/db-1"));

      bench.take(sealed(bench.records.removal(Topics.RESOURCES, "host/web-1"), "web-1"));
      assertThat(bench.letters()).hasSize(1);
    }
  }
}
