package io.tocsin.cli;

import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealGuard;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;

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

  /**
   * Sees at the start whether seals can be checked: the first record is too late to find out.
   *
   * @param policy null for none
   * @throws CommandFailure if a secret cannot be read
   */
  static void requireReadable(SealPolicy policy) throws CommandFailure {
    try {
      SealGuard.of(Topics.SAMPLES, policy);
    } catch (ConfigException unreadable) {
      throw bad(unreadable.getMessage(), unreadable);
    }
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
