package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigException;
import io.tocsin.config.ConfigLoader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config} and what may be set beside it. */
final class ConfigOption {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file; deploy/tocsin.yaml shows every key. Default: this host alone.")
  private Path file;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep data here, whatever the file says.")
  private Path dataDirectory;

  /**
   * Reads the file, if one is named.
   *
   * @throws CommandFailure with every problem of the file
   */
  Config load() throws CommandFailure {
    return load(new ConfigLoader());
  }

  /** The same, leaving out what only alerting needs. */
  Config loadForAgent() throws CommandFailure {
    return load(ConfigLoader.ofAgent());
  }

  private Config load(ConfigLoader loader) throws CommandFailure {
    try {
      Config config = file == null ? Config.defaults() : loader.load(file);
      return dataDirectory == null ? config : config.withDataDir(dataDirectory);
    } catch (ConfigException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    }
  }
}
