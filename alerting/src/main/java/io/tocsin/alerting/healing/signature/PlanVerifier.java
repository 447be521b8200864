package io.tocsin.alerting.healing.signature;

import io.tocsin.schemas.HealPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks the signatures of heal plans. Immutable and thread-safe. */
public final class PlanVerifier {

  private final Map<String, PublicKey> keys;
  private final boolean required;

  private PlanVerifier(List<PublicKey> keys, boolean required) {
    this.keys = keys.stream().distinct().collect(Collectors.toMap(Pem::idOf, Function.identity()));
    this.required = required;
  }

  static PlanVerifier of(PublicKey... keys) {
    return new PlanVerifier(Arrays.asList(keys), true);
  }

  /**
   * A verifier by the public keys of a file, X.509 in PEM; several while keys are being changed.
   *
   * @param required whether a plan without a signature is refused too
   * @throws IOException naming the file that cannot be used and why
   */
  public static PlanVerifier ofFile(Path file, boolean required) throws IOException {
    return new PlanVerifier(Pem.publicKeys(file), required);
  }

  /** For installations that do without signatures: takes all that has none, or any. */
  public static PlanVerifier none() {
    return new PlanVerifier(List.of(), false);
  }

  /**
   * Why a plan must not be carried out.
   *
   * @return in words, one line without any text of the plan; empty if its signature holds, or it
   *     has none and needs none
   */
  public Optional<String> objection(HealPlan plan) {
    if (keys.isEmpty() && !required) {
      return Optional.empty();
    }
    if (plan.getSignature() == null) {
      return required
          ? Optional.of("it is not signed, and healing.signing.required is true")
          : Optional.empty();
    }
    PublicKey key = keys.get(plan.getKeyId());
    if (key == null) {
      return Optional.of("it names a key that is not in healing.signing.public-key");
    }
    return holds(plan, key)
        ? Optional.empty()
        : Optional.of("its signature does not hold: it was forged, or changed after it was signed");
  }

  boolean isSigned(HealPlan plan) {
    return objection(plan).isEmpty();
  }

  private static boolean holds(HealPlan plan, PublicKey key) {
    ByteBuffer bytes = plan.getSignature().duplicate();
    byte[] claimed = new byte[bytes.remaining()];
    bytes.get(claimed);
    try {
      Signature signature = Signature.getInstance(Pem.ALGORITHM);
      signature.initVerify(key);
      signature.update(PlanBytes.of(plan));
      return signature.verify(claimed);
    } catch (GeneralSecurityException malformed) {
      return false; // such as one of another length
    }
  }
}
