package io.tocsin.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps history and state in a new directory, while everything runs. */
@Command(
    name = "backup",
    description = "Keeps history and state in a new directory, while everything runs.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "3:the configuration cannot be used, or there is no history",
      "4:the cluster or the store does not answer",
      "8:the directory cannot be used"
    },
    footer = {"", "Examples:", "  tocsin backup /backups/2026-01-31"})
final class BackupCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Parameters(paramLabel = "DIR", description = "The backup.")
  private Path directory;

  @Override
  public Integer call() throws CommandFailure {
    BackupWork.run(
        options.load(),
        spec.commandLine().getOut(),
        (backup, told) -> backup.write(directory, told));
    return 0;
  }
}
