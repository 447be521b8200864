package io.tocsin.pipeline;

import io.tocsin.alerting.healing.config.Signing;
import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.config.Config;
import io.tocsin.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Which keys plans are signed and checked with: those of {@code healing.signing}, or a pair of its
 * own that {@code tocsin up} makes among its secrets.
 */
final class PlanSignatures {

  private PlanSignatures() {}

  /** Where the private key of {@code tocsin up} is. */
  static Path privateKey(Config config) {
    Path configured = config.healing().signing().privateKey();
    return configured == null ? own(config).privateKey() : configured;
  }

  /**
   * Makes the pair of {@code tocsin up}, if it uses one of its own and there is none.
   *
   * @throws IOException if it cannot be made, or half of it is gone
   */
  static void createMissing(Config config) throws IOException {
    Signing signing = config.healing().signing();
    if (signing.privateKey() == null && signing.publicKey() == null) {
      PlanKeys.createMissing(new DataDirectory(config.dataDir()).secrets());
    }
  }

  /**
   * What checks the plans of {@code tocsin up}.
   *
   * @throws IOException naming the file that cannot be used and why
   */
  static PlanVerifier here(Config config) throws IOException {
    Signing signing = config.healing().signing();
    if (signing.publicKey() == null && signing.privateKey() != null) {
      return PlanVerifier.ofFile(PlanKeys.publicBeside(signing.privateKey()), signing.required());
    }
    Path file = signing.publicKey() == null ? own(config).publicKey() : signing.publicKey();
    return PlanVerifier.ofFile(file, signing.required());
  }

  /**
   * What checks plans that are made elsewhere.
   *
   * @throws IOException naming the file that cannot be used and why
   * @throws IllegalArgumentException if there has to be a key and none is named
   */
  static PlanVerifier elsewhere(Config config) throws IOException {
    Signing signing = config.healing().signing();
    if (signing.publicKey() != null) {
      return PlanVerifier.ofFile(signing.publicKey(), signing.required());
    }
    if (signing.required()) {
      throw new IllegalArgumentException(
          "healing.signing.public-key: is missing; a responder of its own has to know whose plans"
              + " to carry out. The public key of tocsin up is secrets/plan-signing.pub in its data"
              + " directory; tocsin heal keygen makes a pair; required: false does without");
    }
    return PlanVerifier.none();
  }

  private static PlanKeys own(Config config) {
    return PlanKeys.in(new DataDirectory(config.dataDir()).secrets());
  }
}
