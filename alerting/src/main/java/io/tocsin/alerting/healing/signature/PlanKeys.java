package io.tocsin.alerting.healing.signature;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Priority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Set;

/**
 * A pair of key files.
 *
 * @param privateKey only its owner may read it
 * @param publicKey anybody may
 */
public record PlanKeys(Path privateKey, Path publicKey) {

  private static final String NAME = "plan-signing";
  private static final String PRIVATE = ".key";
  private static final String PUBLIC = ".pub";

  /** The files of a directory, whether they are there or not. */
  public static PlanKeys in(Path directory) {
    return new PlanKeys(directory.resolve(NAME + PRIVATE), directory.resolve(NAME + PUBLIC));
  }

  /**
   * The files of a directory, made if both are missing.
   *
   * @throws IOException if they cannot be made, or only one of them is there
   */
  public static PlanKeys createMissing(Path directory) throws IOException {
    PlanKeys keys = in(directory);
    boolean hasPrivate = Files.exists(keys.privateKey);
    boolean hasPublic = Files.exists(keys.publicKey);
    if (hasPrivate != hasPublic) {
      throw new IOException(
          (hasPrivate ? keys.publicKey : keys.privateKey)
              + " is missing, and the other half of the pair is there: put it back, or remove that"
              + " one too to have a new pair made");
    }
    return hasPrivate ? keys : create(directory);
  }

  /**
   * Makes a pair.
   *
   * @throws FileAlreadyExistsException if one of the files is there
   * @throws IOException if they cannot be made
   */
  public static PlanKeys create(Path directory) throws IOException {
    PlanKeys keys = in(directory);
    Files.createDirectories(directory);
    for (Path file : Set.of(keys.privateKey, keys.publicKey)) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString(), null, "is not overwritten");
      }
    }
    KeyPair pair = generate();
    // The private one last: with it, the pair is whole.
    write(keys.publicKey, Pem.of(pair.getPublic()), "rw-r--r--");
    write(keys.privateKey, Pem.of(pair.getPrivate()), "rw-------");
    return keys;
  }

  /**
   * What the key is called in plans.
   *
   * @throws IOException if the public key cannot be read
   */
  public String keyId() throws IOException {
    return Pem.idOf(Pem.publicKeys(publicKey).get(0));
  }

  /** Where the public key of a private one lies: beside it, with {@code .pub} for {@code .key}. */
  public static Path publicBeside(Path privateKey) {
    String name = privateKey.getFileName().toString();
    String stem = name.endsWith(PRIVATE) ? name.substring(0, name.length() - 4) : name;
    return privateKey.resolveSibling(stem + PUBLIC);
  }

  static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(Pem.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("every Java from 15 has Ed25519", never);
    }
  }

  /** Something to try a pair with. */
  static HealPlan trial() {
    return HealPlan.newBuilder()
        .setId("trial")
        .setIncidentId("trial")
        .setAttempt(1)
        .setAction("trial")
        .setTargetId("trial")
        .setPriority(Priority.P3)
        .setReason("")
        .setCreatedAt(Instant.EPOCH)
        .setNotAfter(Instant.EPOCH)
        .build();
  }

  /** Whole or not at all, and never readable by others for a moment. */
  private static void write(Path file, String text, String mode) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(partial);
    try (FileChannel channel =
        FileChannel.open(
            partial,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString(mode));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
