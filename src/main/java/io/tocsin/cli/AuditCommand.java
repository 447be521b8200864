package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The audit of healing. */
@Command(
    name = "audit",
    description = "Who or what decided about healing, and why: a chain of hashes.",
    mixinStandardHelpOptions = true,
    subcommands = {AuditListCommand.class, AuditVerifyCommand.class, AuditExportCommand.class},
    footer = {
      "",
      "Examples:",
      "  tocsin audit list --since 2h",
      "  tocsin audit verify --head 4711:9f86d0...",
      "  tocsin audit export > audit.jsonl"
    })
final class AuditCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin audit list, tocsin audit verify, ...");
  }
}
