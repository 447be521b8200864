package io.tocsin.schemas.seal;

import io.tocsin.schemas.secret.SecretRef;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What readers do about seals. Holds places of secrets and no secrets, so that it may be printed
 * and travel with a job.
 *
 * @param mode what becomes of a record whose seal is not good; {@link Mode#ENFORCE} if null
 * @param secret the fleet's secret
 * @param previous the one before, whose seals are good too while agents are enrolled anew; null for
 *     none
 * @param speaksFor what agents may speak of beside what is theirs: by agent, {@code *} for all,
 *     resource ids with {@code *} for any text
 * @param shutOut agents whose seals are good no more, as their keys were stolen; a new secret of
 *     the fleet gives them new ones
 */
public record SealPolicy(
    Mode mode,
    SecretRef secret,
    SecretRef previous,
    Map<String, List<String>> speaksFor,
    List<String> shutOut)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How strict readers are. */
  public enum Mode {
    /** They do not look. */
    IGNORE,
    /** They count and say what they would refuse, and take it. */
    WARN,
    /** They refuse it. */
    ENFORCE
  }

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if there is no secret to check by
   */
  public SealPolicy {
    mode = mode == null ? Mode.ENFORCE : mode;
    speaksFor = speaksFor == null ? new TreeMap<>() : new TreeMap<>(speaksFor);
    shutOut = shutOut == null ? List.of() : List.copyOf(shutOut);
    if (mode != Mode.IGNORE && secret == null) {
      throw new IllegalArgumentException(
          "there is no secret to check seals by: write secret, or mode: ignore");
    }
  }

  /** One that shuts nobody out. */
  public SealPolicy(
      Mode mode, SecretRef secret, SecretRef previous, Map<String, List<String>> speaksFor) {
    this(mode, secret, previous, speaksFor, null);
  }
}
