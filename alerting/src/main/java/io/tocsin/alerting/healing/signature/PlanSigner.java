package io.tocsin.alerting.healing.signature;

import io.tocsin.schemas.HealPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs heal plans. The same plan gets the same signature, however often. Thread-safe. */
public final class PlanSigner {

  private final PrivateKey key;
  private final String keyId;

  PlanSigner(PrivateKey key, PublicKey its) {
    this.key = key;
    this.keyId = Pem.idOf(its);
  }

  /**
   * A signer with the key of a file: Ed25519, PKCS#8 in PEM. The id of the key comes from the
   * public one beside it, which has the same name but {@code .pub} for {@code .key}; a signature by
   * one key that names another would never hold, so the two are tried on each other first.
   *
   * @throws IOException naming the file that cannot be used and why
   */
  public static PlanSigner ofFile(Path file) throws IOException {
    PrivateKey key = Pem.privateKey(file);
    Path beside = PlanKeys.publicBeside(file);
    for (PublicKey candidate : Pem.publicKeys(beside)) {
      PlanSigner signer = new PlanSigner(key, candidate);
      if (PlanVerifier.of(candidate).isSigned(signer.sign(PlanKeys.trial()))) {
        return signer;
      }
    }
    throw new IOException(
        "no key in "
            + beside
            + " belongs to the private key in "
            + file
            + "; keep the pair together");
  }

  /** Which key it signs with. */
  public String keyId() {
    return keyId;
  }

  /** The plan with the key's id and its signature, which replaces any that it had. */
  public HealPlan sign(HealPlan plan) {
    HealPlan signed = HealPlan.newBuilder(plan).setKeyId(keyId).setSignature(null).build();
    try {
      Signature signature = Signature.getInstance(Pem.ALGORITHM);
      signature.initSign(key);
      signature.update(PlanBytes.of(signed));
      signed.setSignature(ByteBuffer.wrap(signature.sign()));
      return signed;
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("a key that was tried does not sign", never);
    }
  }
}
