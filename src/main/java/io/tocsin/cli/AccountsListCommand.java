package io.tocsin.cli;

import io.tocsin.security.Accounts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists accounts. */
@Command(
    name = "list",
    description = "Names of all accounts at the brokers.",
    mixinStandardHelpOptions = true)
final class AccountsListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    List<String> names = AccountOption.with(options, Accounts::names);
    if (json.wanted()) {
      spec.commandLine().getOut().println(Json.text(names));
    } else {
      names.forEach(name -> spec.commandLine().getOut().println(Terminal.plain(name)));
    }
    return 0;
  }
}
