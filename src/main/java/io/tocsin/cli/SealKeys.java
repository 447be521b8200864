package io.tocsin.cli;

import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Keys of agents and the fleet's secret, as commands read and write them. */
final class SealKeys {

  private static final int UNUSABLE = 11;

  private SealKeys() {}

  /**
   * What an agent seals with; null where it has no key.
   *
   * @throws CommandFailure if the key cannot be read, or is another agent's
   */
  static Sealer sealer(SecretRef place, AgentConfig agent) throws CommandFailure {
    if (place == null) {
      return null;
    }
    AgentKey key;
    try {
      key = AgentKey.parse(place.read());
    } catch (IOException | IllegalArgumentException unusable) {
      throw bad("agent.seal: " + place + ": " + unusable.getMessage(), unusable);
    }
    if (!key.agent().equals(agent.agentId())) {
      throw bad(
          "agent.seal: %s holds the key of agent %s, and this is agent %s: enrol it, tocsin agents enrol --id %s"
              .formatted(place, key.agent(), agent.agentId(), agent.agentId()),
          null);
    }
    return new Sealer(key);
  }

  /** The fleet's secret out of a file. */
  static FleetSecret fleet(Path file) throws CommandFailure {
    try {
      return new FleetSecret(SecretRef.in(file).read());
    } catch (IOException | IllegalArgumentException unusable) {
      throw bad("the fleet's secret, file " + file + ": " + unusable.getMessage(), unusable);
    }
  }

  /** Writes a secret into a file of its own, readable by its owner alone. */
  static void write(Path file, String secret) throws CommandFailure {
    try {
      SecretFile.create(file, secret);
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailure(
          CommandFailure.REFUSED,
          file + " is there and is not overwritten; name another file",
          there);
    } catch (IOException unusable) {
      throw new CommandFailure(
          UNUSABLE, "file " + file + " cannot be written: " + unusable, unusable);
    }
  }

  private static CommandFailure bad(String message, Exception cause) {
    return new CommandFailure(CommandFailure.BAD_CONFIGURATION, "configuration: " + message, cause);
  }
}
