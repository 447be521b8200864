package io.tocsin.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the whole audit for other programs. */
@Command(
    name = "export",
    description = "Prints the whole audit, an entry of JSON per line, oldest first.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "4:no answer"},
    footer = {"", "Example:", "  tocsin audit export > audit.jsonl"})
final class AuditExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private AuditTopic audit;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    audit.read(null, entry -> out.println(Json.line(AuditTopic.json(entry))));
    out.flush();
    return 0;
  }
}
