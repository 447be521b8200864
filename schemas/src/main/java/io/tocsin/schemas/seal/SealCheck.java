package io.tocsin.schemas.seal;

import io.tocsin.schemas.seal.SealVerdict.Good;
import io.tocsin.schemas.seal.SealVerdict.Reason;
import io.tocsin.schemas.seal.SealVerdict.Refused;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;

/**
 * Judges seals by the secrets of the fleet. Keys that were made are remembered, the last used
 * first, so that an attacker with many names takes neither memory nor, for long, time. Not
 * thread-safe: the digest has state.
 */
final class SealCheck {

  /** Agents whose keys are remembered, some 300 bytes each; more are made anew, in 1 µs. */
  static final int REMEMBERED = 10_000;

  private final List<FleetSecret> secrets;
  private final Ownership ownership;
  private final Set<String> shutOut;
  private final Seal seal = new Seal();
  private final Map<String, List<byte[]>> keys =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<byte[]>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A check.
   *
   * @param secrets that seals may be made with, the newest first
   * @param shutOut agents of which no seal is good
   */
  SealCheck(List<FleetSecret> secrets, Ownership ownership, Set<String> shutOut) {
    this.secrets = secrets;
    this.ownership = ownership;
    this.shutOut = shutOut;
  }

  /**
   * The verdict on a record.
   *
   * @param value null for a tombstone
   * @param claim what the value, or the tombstone by its key, says
   */
  SealVerdict judge(byte[] topic, byte[] key, byte[] value, Headers headers, Claim claim) {
    String agent = SealHeaders.agent(headers);
    byte[] found = SealHeaders.seal(headers);
    if (agent == null || found == null) {
      return new Refused(Reason.MISSING, "it has no seal: its agent has no key, agent.seal");
    }
    if (!AgentKey.ID.matcher(agent).matches()) {
      return new Refused(Reason.FALSE, "its seal names an agent that cannot be");
    }
    if (shutOut.contains(agent)) {
      return new Refused(Reason.FALSE, "agent " + agent + " is shut out: cluster.seal.shut-out");
    }
    if (!isGenuine(agent, topic, key, value, found)) {
      return new Refused(
          Reason.FALSE,
          "its seal is not that of agent " + agent + ": another wrote it, or the key is of before");
    }
    return claimed(agent, claim);
  }

  private boolean isGenuine(String agent, byte[] topic, byte[] key, byte[] value, byte[] found) {
    for (byte[] agentKey : keys.computeIfAbsent(agent, this::keysOf)) {
      if (MessageDigest.isEqual(seal.of(agentKey, topic, key, value), found)) {
        return true;
      }
    }
    return false;
  }

  private List<byte[]> keysOf(String agent) {
    return secrets.stream().map(secret -> secret.keyOf(agent).bytes()).toList();
  }

  private SealVerdict claimed(String agent, Claim claim) {
    if (claim.agent() != null && !claim.agent().equals(agent)) {
      return new Refused(
          Reason.OTHER_AGENT,
          "agent %s sealed it, and it says that agent %s measured"
              .formatted(agent, shown(claim.agent())));
    }
    if (!ownership.maySpeak(agent, claim.resourceId())) {
      return notItsOwn(agent, claim.resourceId());
    }
    return claim.parent() == null || ownership.maySpeak(agent, claim.parent())
        ? new Good(agent)
        : notItsOwn(agent, claim.parent());
  }

  private static Refused notItsOwn(String agent, String resourceId) {
    return new Refused(
        Reason.NOT_ITS_OWN,
        "agent %s speaks of %s, which is not its own; cluster.seal.speaks-for can allow it"
            .formatted(agent, shown(resourceId)));
  }

  /** Text out of a record, for one plain line. */
  private static String shown(String text) {
    String plain = text.replaceAll("[^\\x21-\\x7e]", "?");
    return plain.length() <= 120 ? plain : plain.substring(0, 120) + "...";
  }
}
