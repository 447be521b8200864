package io.tocsin.cli;

import io.tocsin.alerting.healing.signature.PlanKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a pair of keys for the signatures of plans. */
@Command(
    name = "keygen",
    description = {
      "Makes a pair of keys: the private one for alerting, which signs plans with it, the public one",
      "for the responder, which carries out no plan without its signature."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "8:there are keys already", "11:the directory cannot be used"},
    footer = {"", "Example:", "  tocsin heal keygen /etc/tocsin/keys"})
final class HealKeygenCommand implements Callable<Integer> {

  private static final int UNUSABLE = 11;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where the two files are put.")
  private Path directory;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    try {
      PlanKeys keys = PlanKeys.create(directory);
      out.println("key " + keys.keyId());
      out.println("  healing: {signing: {private-key: " + keys.privateKey() + "}}   # alerting");
      out.println("  healing: {signing: {public-key: " + keys.publicKey() + "}}    # responder");
      return 0;
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailure(
          CommandFailure.REFUSED,
          there.getFile() + " is there and is not overwritten; name another directory",
          there);
    } catch (IOException unusable) {
      throw new CommandFailure(
          UNUSABLE, "no keys could be made in " + directory + ": " + unusable, unusable);
    }
  }
}
