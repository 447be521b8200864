package io.tocsin.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.seal.SealVerdict.Reason;
import io.tocsin.schemas.seal.SealVerdict.Refused;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealGuardTest {

  private static final String NEW = "the-new-secret-of-the-fleet-0001";
  private static final String OLD = "the-old-secret-of-the-fleet-0000";
  private static final byte[] BYTES = {0, 1, 2, 3};

  @TempDir Path directory;

  private SecretRef now;
  private SecretRef before;

  @BeforeEach
  void secrets() throws IOException {
    now = secret("now", NEW);
    before = secret("before", OLD);
  }

  private SecretRef secret(String name, String text) throws IOException {
    SecretFile.create(directory.resolve(name), text);
    return SecretRef.in(directory.resolve(name));
  }

  private SealPolicy policy(Mode mode) {
    return new SealPolicy(mode, now, null, Map.of("hyp-1", List.of("vm/*")));
  }

  private static RecordHeaders sealed(
      String secret, String agent, Topic<?> topic, String key, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    new Sealer(new FleetSecret(secret).keyOf(agent)).seal(topic.name(), keyBytes, value, headers);
    return headers;
  }

  private static Sample sample(String agent, String resource) {
    return Sample.newBuilder()
        .setResourceId(resource)
        .setKind(ResourceKind.HOST)
        .setOrigin(new Origin(agent, "boot", 0L))
        .setAt(Examples.NOON)
        .build();
  }

  private static Resource resource(String id, String parent) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(ResourceKind.CONTAINER)
        .setName("shop")
        .setParent(parent)
        .setUpdatedAt(Examples.NOON)
        .build();
  }

  private <V extends SpecificRecord> Optional<Reason> verdict(
      Topic<V> topic, SealPolicy policy, String agent, V value) {
    RecordHeaders headers = sealed(NEW, agent, topic, topic.keyOf(value), BYTES);
    return SealGuard.of(topic, policy)
        .orElseThrow()
        .against(null, BYTES, headers, value)
        .map(Refused::reason);
  }

  @Test
  void anAgentSpeaksForItself() {
    assertThat(
            verdict(Topics.SAMPLES, policy(Mode.ENFORCE), "web-1", sample("web-1", "host/web-1")))
        .isEmpty();
  }

  @Test
  void whatSaysThatAnotherMeasuredIsRefused() {
    assertThat(verdict(Topics.SAMPLES, policy(Mode.ENFORCE), "web-1", sample("db-1", "host/db-1")))
        .contains(Reason.OTHER_AGENT);
  }

  @Test
  void whatSpeaksOfAnothersHostIsRefused() {
    assertThat(verdict(Topics.SAMPLES, policy(Mode.ENFORCE), "web-1", sample("web-1", "host/db-1")))
        .contains(Reason.NOT_ITS_OWN);
  }

  @Test
  void aDescriptionMayNotPutItsResourceOnAnothersHost() {
    Resource stray = resource("container/web-1.shop", "host/db-1");

    assertThat(verdict(Topics.RESOURCES, policy(Mode.ENFORCE), "web-1", stray))
        .contains(Reason.NOT_ITS_OWN);
  }

  @Test
  void aVmIsSpokenOfByWhomThePolicyNames() {
    Resource vm = resource("vm/db-1", null);

    assertThat(verdict(Topics.RESOURCES, policy(Mode.ENFORCE), "web-1", vm))
        .contains(Reason.NOT_ITS_OWN);
    assertThat(verdict(Topics.RESOURCES, policy(Mode.ENFORCE), "hyp-1", vm)).isEmpty();
  }

  @Test
  void whatHasNoSealIsRefused() {
    SealGuard<Sample> guard = SealGuard.of(Topics.SAMPLES, policy(Mode.ENFORCE)).orElseThrow();

    assertThat(guard.against(null, BYTES, new RecordHeaders(), sample("web-1", "host/web-1")))
        .map(Refused::reason)
        .contains(Reason.MISSING);
  }

  @Test
  void aKeyThatIsNotThatOfTheValueIsRefused() {
    SealGuard<Resource> guard = SealGuard.of(Topics.RESOURCES, policy(Mode.ENFORCE)).orElseThrow();
    RecordHeaders headers = sealed(NEW, "web-1", Topics.RESOURCES, "host/db-1", BYTES);
    byte[] key = "host/db-1".getBytes(StandardCharsets.UTF_8);

    assertThat(guard.against(key, BYTES, headers, resource("host/web-1", null))).isPresent();
  }

  @Test
  void anAgentRemovesWhatIsItsOwnOnly() {
    SealGuard<Resource> guard = SealGuard.of(Topics.RESOURCES, policy(Mode.ENFORCE)).orElseThrow();
    for (String id : List.of("host/web-1", "host/db-1")) {
      RecordHeaders headers = sealed(NEW, "web-1", Topics.RESOURCES, id, null);
      byte[] key = id.getBytes(StandardCharsets.UTF_8);

      assertThat(guard.againstRemoval(key, headers).map(Refused::reason))
          .isEqualTo(id.equals("host/web-1") ? Optional.empty() : Optional.of(Reason.NOT_ITS_OWN));
    }
  }

  @Test
  void sealsOfTheSecretBeforeAreGoodAsLongAsItIsNamed() {
    Sample sample = sample("web-1", "host/web-1");
    RecordHeaders old = sealed(OLD, "web-1", Topics.SAMPLES, "host/web-1", BYTES);
    SealPolicy rotating = new SealPolicy(Mode.ENFORCE, now, before, Map.of());

    assertThat(
            SealGuard.of(Topics.SAMPLES, rotating).orElseThrow().against(null, BYTES, old, sample))
        .isEmpty();
    assertThat(
            SealGuard.of(Topics.SAMPLES, policy(Mode.ENFORCE))
                .orElseThrow()
                .against(null, BYTES, old, sample))
        .map(Refused::reason)
        .contains(Reason.FALSE);
  }

  @Test
  void anAgentThatIsShutOutIsHeardNoMoreAndTheOthersAre() {
    SealPolicy policy = new SealPolicy(Mode.ENFORCE, now, null, null, List.of("web-1"));

    assertThat(verdict(Topics.SAMPLES, policy, "web-1", sample("web-1", "host/web-1")))
        .contains(Reason.FALSE);
    assertThat(verdict(Topics.SAMPLES, policy, "web-2", sample("web-2", "host/web-2"))).isEmpty();
  }

  @Test
  void aGuardThatWarnsTakesItAndCounts() {
    long before = SealCounts.PROCESS.warned(Reason.OTHER_AGENT);

    assertThat(verdict(Topics.SAMPLES, policy(Mode.WARN), "web-1", sample("db-1", "host/db-1")))
        .isEmpty();
    assertThat(SealCounts.PROCESS.warned(Reason.OTHER_AGENT)).isGreaterThan(before);
  }

  @Test
  void thereIsNoGuardWhereNobodyWantsOneOrAgentsDoNotWrite() {
    assertThat(SealGuard.of(Topics.SAMPLES, null)).isEmpty();
    assertThat(SealGuard.of(Topics.SAMPLES, new SealPolicy(Mode.IGNORE, null, null, null)))
        .isEmpty();
    assertThat(SealGuard.of(Topics.WINDOWS, policy(Mode.ENFORCE))).isEmpty();
  }

  @Test
  void aSecretThatCannotBeReadIsSaidAndNotWorkedAround() {
    SealPolicy policy =
        new SealPolicy(Mode.ENFORCE, SecretRef.in(directory.resolve("none")), null, null);

    assertThatThrownBy(() -> SealGuard.of(Topics.SAMPLES, policy))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cluster.seal.secret")
        .hasMessageContaining("none");
  }
}
