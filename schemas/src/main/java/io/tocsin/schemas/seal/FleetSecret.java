package io.tocsin.schemas.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The one secret that the keys of all agents are made from, held by readers and by whoever enrols
 * agents; no agent has it. A key is HMAC-SHA-256 of the agent's id under the secret, which is the
 * expand step of HKDF (RFC 5869, one block, a secret that is random already): from the keys of some
 * agents nothing follows about another's.
 */
public final class FleetSecret {

  /** As many characters as 128 bits take in hexadecimal. */
  private static final int LEAST = 32;

  private static final String PURPOSE = "tocsin agent ";

  private final byte[] bytes;

  /**
   * A secret as it stands in its file.
   *
   * @throws IllegalArgumentException if it is too short; the message does not repeat it
   */
  public FleetSecret(String text) {
    if (text.length() < LEAST) {
      throw new IllegalArgumentException(
          "has %d characters, and a fleet's secret has %d and more: make one with tocsin agents keygen"
              .formatted(text.length(), LEAST));
    }
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a new secret of 256 bits. */
  public static String make(SecureRandom random) {
    byte[] drawn = new byte[AgentKey.BYTES];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }

  /**
   * The key of an agent.
   *
   * @throws IllegalArgumentException if the id is not one of resource ids: lower-case letters,
   *     digits, {@code . _ -}
   */
  public AgentKey keyOf(String agent) {
    if (!AgentKey.ID.matcher(agent).matches()) {
      throw new IllegalArgumentException(
          "an agent's id has lower-case letters, digits and . _ - only, no more than 253 of them, and"
              + " begins with a letter or digit");
    }
    Hmac hmac = new Hmac();
    hmac.key(bytes);
    hmac.update((PURPOSE + agent + "\1").getBytes(StandardCharsets.UTF_8));
    return new AgentKey(agent, hmac.end());
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "the fleet's secret";
  }
}
