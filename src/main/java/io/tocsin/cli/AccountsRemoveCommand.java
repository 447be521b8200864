package io.tocsin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes an account away. */
@Command(
    name = "remove",
    description = {
      "Takes an account away. Who is connected stays so until the connection ends; what stops an",
      "agent at once is tocsin acls --former ID --apply --prune."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tocsin accounts remove --config admin.yaml --agent web-3"})
final class AccountsRemoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private AccountOption account;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    String user = account.user();
    boolean was = account.with(accounts -> accounts.remove(user));
    spec.commandLine()
        .getOut()
        .println(was ? "account " + user + " is gone" : "there was no account " + user);
    return 0;
  }
}
