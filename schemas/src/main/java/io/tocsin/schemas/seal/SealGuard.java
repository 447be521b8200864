package io.tocsin.schemas.seal;

import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.seal.SealVerdict.Reason;
import io.tocsin.schemas.seal.SealVerdict.Refused;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where a stage reads a topic that agents write, and does as the policy says. What it
 * refuses, or would, is counted in {@link SealCounts}. Not thread-safe.
 *
 * @param <V> type of the topic's values
 */
public final class SealGuard<V extends SpecificRecord> {

  private static final Logger LOG = LoggerFactory.getLogger(SealGuard.class);

  private final Topic<V> topic;
  private final byte[] topicName;
  private final Mode mode;
  private final SealCheck check;
  private final Map<Reason, Long> warned = new EnumMap<>(Reason.class);

  private SealGuard(Topic<V> topic, SealPolicy policy) {
    this.topic = topic;
    this.topicName = Seal.utf8(topic.name());
    this.mode = policy.mode();
    this.check =
        new SealCheck(
            secrets(policy), new Ownership(policy.speaksFor()), Set.copyOf(policy.shutOut()));
  }

  /**
   * The guard of a topic; empty where nobody looks at seals, or agents do not write it.
   *
   * @param policy null for none
   * @throws ConfigException naming the place if a secret cannot be read, or is none: going on
   *     without it would refuse every record, or none
   */
  public static <V extends SpecificRecord> Optional<SealGuard<V>> of(
      Topic<V> topic, SealPolicy policy) {
    return policy == null || policy.mode() == Mode.IGNORE || !topic.sealed()
        ? Optional.empty()
        : Optional.of(new SealGuard<>(topic, policy));
  }

  private static List<FleetSecret> secrets(SealPolicy policy) {
    List<FleetSecret> secrets = new ArrayList<>();
    secrets.add(secret("cluster.seal.secret", policy.secret()));
    if (policy.previous() != null) {
      secrets.add(secret("cluster.seal.previous", policy.previous()));
    }
    return secrets;
  }

  private static FleetSecret secret(String key, SecretRef place) {
    try {
      return new FleetSecret(place.read());
    } catch (IOException | IllegalArgumentException unusable) {
      throw new ConfigException(key + ": " + place + ": " + unusable.getMessage());
    }
  }

  /**
   * What is against a value.
   *
   * @param found key under which it stands; null where the caller does not know it, and holds it
   *     against the value itself
   * @param bytes it was decoded from
   * @return empty if it is to be taken
   */
  public Optional<Refused> against(byte[] found, byte[] bytes, Headers headers, V value) {
    byte[] key = Seal.utf8(topic.keyOf(value));
    if (found != null && !Arrays.equals(found, key)) {
      return decide(new Refused(Reason.FALSE, "its key is not that of what it speaks of"));
    }
    return decide(check.judge(topicName, key, bytes, headers, Claim.of(value)));
  }

  /** The same of a tombstone. */
  public Optional<Refused> againstRemoval(byte[] key, Headers headers) {
    byte[] id = key == null ? new byte[0] : key;
    Claim claim = new Claim(null, new String(id, StandardCharsets.UTF_8), null);
    return decide(check.judge(topicName, id, null, headers, claim));
  }

  private Optional<Refused> decide(SealVerdict verdict) {
    if (!(verdict instanceof Refused refused)) {
      return Optional.empty();
    }
    SealCounts.PROCESS.add(mode, refused.reason());
    if (mode == Mode.ENFORCE) {
      return Optional.of(refused);
    }
    long times = warned.merge(refused.reason(), 1L, Long::sum);
    if (Long.bitCount(times) == 1) {
      LOG.warn(
          "{}: a record would be refused: {}; {} of this kind so far, told at 1, 2, 4, 8, ...",
          topic,
          refused.why(),
          times);
    }
    return Optional.empty();
  }
}
