package io.tocsin.alerting.healing.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.schemas.HealPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanSignatureTest {

  @TempDir Path directory;
  private final HealPlan plan = HealExamples.plan("p");

  @Test
  void aPairOfFilesSignsAndVerifies() throws IOException {
    PlanKeys keys = PlanKeys.createMissing(directory.resolve("secrets"));
    HealPlan signed = PlanSigner.ofFile(keys.privateKey()).sign(plan);
    assertThat(PlanVerifier.ofFile(keys.publicKey(), true).objection(signed)).isEmpty();
    assertThat(signed.getKeyId()).isEqualTo(keys.keyId()).matches("[0-9a-f]{16}");
    assertThat(signed.getId()).isEqualTo(plan.getId());
  }

  @Test
  void onlyTheOwnerMayReadThePrivateKey() throws IOException {
    PlanKeys keys = PlanKeys.createMissing(directory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.privateKey())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.publicKey())))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void keysThatAreThereAreKept() throws IOException {
    PlanKeys keys = PlanKeys.createMissing(directory);
    String id = keys.keyId();
    assertThat(PlanKeys.createMissing(directory).keyId()).isEqualTo(id);
    assertThatThrownBy(() -> PlanKeys.create(directory))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void halfAPairIsSaidAndNothingIsMade() throws IOException {
    PlanKeys keys = PlanKeys.createMissing(directory);
    Files.delete(keys.publicKey());
    assertThatThrownBy(() -> PlanKeys.createMissing(directory))
        .hasMessageContaining("plan-signing.pub is missing");
  }

  @Test
  void theSamePlanGetsTheSameSignature() {
    KeyPair pair = PlanKeys.generate();
    PlanSigner signer = new PlanSigner(pair.getPrivate(), pair.getPublic());
    assertThat(signer.sign(plan)).isEqualTo(signer.sign(signer.sign(plan)));
  }

  @Test
  void aPlanWithoutASignatureIsRefusedWhereOneIsRequired() throws IOException {
    PlanKeys keys = PlanKeys.createMissing(directory);
    assertThat(PlanVerifier.ofFile(keys.publicKey(), true).objection(plan))
        .hasValueSatisfying(reason -> assertThat(reason).contains("not signed"));
    assertThat(PlanVerifier.ofFile(keys.publicKey(), false).objection(plan)).isEmpty();
    assertThat(PlanVerifier.none().objection(plan)).isEmpty();
  }

  @Test
  void aPlanSignedWithAnotherKeyIsRefusedEvenWhereNoneIsRequired() throws IOException {
    KeyPair other = PlanKeys.generate();
    HealPlan signed = new PlanSigner(other.getPrivate(), other.getPublic()).sign(plan);
    PlanKeys keys = PlanKeys.createMissing(directory);
    assertThat(PlanVerifier.ofFile(keys.publicKey(), false).objection(signed))
        .hasValueSatisfying(reason -> assertThat(reason).contains("names a key"));
    signed.setKeyId(keys.keyId());
    assertThat(PlanVerifier.ofFile(keys.publicKey(), false).objection(signed))
        .hasValueSatisfying(reason -> assertThat(reason).contains("does not hold"));
  }

  @Test
  void aSignatureOfAnotherLengthIsForgedAndNoError() {
    KeyPair pair = PlanKeys.generate();
    HealPlan signed = new PlanSigner(pair.getPrivate(), pair.getPublic()).sign(plan);
    for (int length : new int[] {0, 1, 63, 65, 10_000}) {
      signed.setSignature(ByteBuffer.wrap(new byte[length]));
      assertThat(PlanVerifier.of(pair.getPublic()).objection(signed)).isPresent();
    }
  }

  @Test
  void whileKeysAreChangedBothHold() throws IOException {
    PlanKeys old = PlanKeys.create(directory.resolve("old"));
    PlanKeys fresh = PlanKeys.create(directory.resolve("new"));
    Path both = directory.resolve("both.pub");
    Files.writeString(both, Files.readString(old.publicKey()));
    Files.writeString(both, Files.readString(fresh.publicKey()), StandardOpenOption.APPEND);
    PlanVerifier verifier = PlanVerifier.ofFile(both, true);
    for (PlanKeys keys : new PlanKeys[] {old, fresh}) {
      HealPlan signed = PlanSigner.ofFile(keys.privateKey()).sign(plan);
      assertThat(verifier.objection(signed)).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoKeyIsNamedAndNotShown() throws IOException {
    Path file = Files.writeString(directory.resolve("plan.key"), "hunter2");
    assertThatThrownBy(() -> PlanSigner.ofFile(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plan.key")
        .hasMessageContaining("tocsin heal keygen")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aPrivateKeyBesideAnotherPairsPublicOneIsRefused() throws IOException {
    PlanKeys one = PlanKeys.create(directory.resolve("one"));
    PlanKeys two = PlanKeys.create(directory.resolve("two"));
    Files.copy(two.publicKey(), one.publicKey(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> PlanSigner.ofFile(one.privateKey()))
        .hasMessageContaining("belongs to the private key");
  }
}
