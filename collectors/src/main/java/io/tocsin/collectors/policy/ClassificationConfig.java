package io.tocsin.collectors.policy;

import io.tocsin.schemas.secret.SecretRef;
import java.util.List;

/**
 * What may leave this machine of labels, attributes and texts. Names are globs, and upper and lower
 * case make no difference.
 *
 * @param publicNames names that are public whatever their values look like; they win over all
 * @param internalNames names that are internal
 * @param secretNames names that are secret, beside the usual ones
 * @param usual whether names and values that usually are secret count as such; true if null
 * @param internalAction what becomes of what is internal; {@link Action#HASH} if null
 * @param secretAction what becomes of what is secret; {@link Action#DROP} if null
 * @param key what values are hashed with; agents with the same key give the same hash. Null for the
 *     agent's own, {@code agent.seal}
 */
public record ClassificationConfig(
    List<String> publicNames,
    List<String> internalNames,
    List<String> secretNames,
    Boolean usual,
    Action internalAction,
    Action secretAction,
    SecretRef key) {

  /** What holds where nothing is configured: what usually is secret does not leave. */
  public static final ClassificationConfig DEFAULT =
      new ClassificationConfig(null, null, null, null, null, null, null);

  /** What becomes of a value before it is sent. */
  public enum Action {
    /** It is sent as it is. */
    KEEP,
    /** A keyed hash is sent in its place. */
    HASH,
    /** It is left out. */
    DROP
  }

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if secrets are to be kept
   */
  public ClassificationConfig {
    publicNames = publicNames == null ? List.of() : List.copyOf(publicNames);
    internalNames = internalNames == null ? List.of() : List.copyOf(internalNames);
    secretNames = secretNames == null ? List.of() : List.copyOf(secretNames);
    usual = usual == null ? Boolean.TRUE : usual;
    internalAction = internalAction == null ? Action.HASH : internalAction;
    secretAction = secretAction == null ? Action.DROP : secretAction;
    if (secretAction == Action.KEEP) {
      throw new IllegalArgumentException(
          "secret-action is keep: what may be sent as it is belongs into public-names");
    }
  }

  /** The same, hashing with that key if it has none of its own. */
  public ClassificationConfig orKey(SecretRef other) {
    return key != null || other == null
        ? this
        : new ClassificationConfig(
            publicNames, internalNames, secretNames, usual, internalAction, secretAction, other);
  }

  /** Whether anything is hashed, so that a key is needed. */
  boolean hashes() {
    return secretAction == Action.HASH || internalAction == Action.HASH && !internalNames.isEmpty();
  }
}
