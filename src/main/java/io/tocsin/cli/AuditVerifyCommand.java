package io.tocsin.cli;

import io.tocsin.alerting.healing.audit.AuditCheck;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.alerting.healing.audit.AuditVerdict;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows the chain of the audit. */
@Command(
    name = "verify",
    description = {
      "Follows the chain: an edit, a gap, a changed order or a repetition shows. That its end was",
      "cut off, or all of it was written anew, shows against a head that was kept elsewhere."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it is as it was written", "1:it is not", "4:no answer"},
    footer = {"", "Example:", "  tocsin audit verify --head 4711:9f86d0..."})
final class AuditVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private AuditTopic audit;

  @Option(
      names = "--head",
      paramLabel = "SEQ:HASH",
      description = "A head of this chain that was kept elsewhere, as verify prints it.")
  private String head;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    AuditCheck check = new AuditCheck(known());
    long unreadable = audit.read(null, check::see);
    AuditVerdict verdict = check.verdict();
    if (unreadable > 0) {
      out.println(unreadable + " records on the topic are no entries");
    }
    if (verdict instanceof AuditVerdict.Broken broken) {
      out.printf("broken at entry %d: %s%n", broken.sequence(), broken.what());
      return 1;
    }
    AuditVerdict.Good good = (AuditVerdict.Good) verdict;
    if (good.from() == 0) {
      out.println("good: no entry yet");
    } else {
      out.printf("good: entries %d to %d%n", good.from(), good.to().sequence());
      if (good.from() > 1) {
        out.println("entries before " + good.from() + " are gone, as the topic's retention has it");
      }
      out.println("head " + good.to());
    }
    if (!good.note().isEmpty()) {
      out.println(good.note());
    }
    return 0;
  }

  private AuditHead known() throws CommandFailure {
    try {
      return head == null ? null : AuditHead.parse(head);
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(2, "--head: " + bad.getMessage(), bad);
    }
  }
}
