package io.tocsin.streams.topology;

import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealGuard;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The part of {@link SamplePassCost} that seals and checks, every sample by an agent of its own.
 */
final class SealPassCost {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final List<byte[]> bytes;
  private final List<Sealer> sealers = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<RecordHeaders> headers = new ArrayList<>();
  private final SealGuard<Sample> guard;

  SealPassCost(List<byte[]> bytes, Cluster cluster) {
    this.bytes = bytes;
    FleetSecret secret = new FleetSecret(SECRET);
    try (TopicDeserializer<Sample> decoder = new TopicDeserializer<>(Topics.SAMPLES, cluster)) {
      for (byte[] one : bytes) {
        Sample sample = decoder.deserialize("", one);
        ids.add(sample.getResourceId());
        sealers.add(new Sealer(secret.keyOf(sample.getOrigin().getAgent())));
      }
    }
    SealPolicy policy = new SealPolicy(Mode.ENFORCE, file(), null, null);
    this.guard = SealGuard.of(Topics.SAMPLES, policy).orElseThrow();
  }

  /** The same, measured by that agent. */
  static Sample by(String agent, Sample sample) {
    Origin origin = new Origin(agent, "boot-1", sample.getOrigin().getSequence());
    return Sample.newBuilder(sample).setOrigin(origin).build();
  }

  private static SecretRef file() {
    try {
      Path file = Files.createTempFile("seal-cost", ".secret");
      Files.writeString(file, SECRET);
      file.toFile().deleteOnExit();
      return SecretRef.in(file);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  void seal() {
    headers.clear();
    for (int number = 0; number < bytes.size(); number++) {
      RecordHeaders made = new RecordHeaders();
      byte[] key = ids.get(number).getBytes(StandardCharsets.UTF_8);
      sealers.get(number).seal(Topics.SAMPLES.name(), key, bytes.get(number), made);
      headers.add(made);
    }
  }

  void check(List<Sample> samples) {
    for (int number = 0; number < bytes.size(); number++) {
      if (guard
          .against(null, bytes.get(number), headers.get(number), samples.get(number))
          .isPresent()) {
        throw new IllegalStateException("its own seal is refused");
      }
    }
  }
}
