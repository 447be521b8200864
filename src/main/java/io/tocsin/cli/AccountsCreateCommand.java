package io.tocsin.cli;

import io.tocsin.embedded.ExitCode;
import io.tocsin.embedded.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an account. */
@Command(
    name = "create",
    description = {
      "Makes an account at the brokers, with a password that is put into a file of mode 600 and",
      "shown nowhere. If the file has one already, that is the password: so the account is made",
      "anew, or made alike at another cluster. tocsin acls says what the account may do."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the account is there",
      "2:there is no such stage",
      "8:the broker does not answer, or refuses",
      "11:the file cannot be written"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin accounts create --config admin.yaml --stage streams --password-file streams.password",
      "  tocsin accounts create --config admin.yaml --agent web-1 --password-file web-1.password"
    })
final class AccountsCreateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private AccountOption account;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      required = true,
      description = "Where the password is put, or is.")
  private Path file;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    String user = account.user();
    return account.with(
        accounts -> {
          String password = password();
          accounts.put(user, password);
          PrintWriter out = spec.commandLine().getOut();
          out.println("account " + user + ", for the configuration of that stage:");
          out.printf(
              "  cluster: {security: {user: %s, password: {file: \"%s\"}}}%n",
              user, file.toAbsolutePath().normalize());
          return 0;
        });
  }

  private String password() throws CommandFailure {
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      return Secret.in(file);
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.DATA_DIRECTORY_UNUSABLE.status(),
          "the password cannot be kept in " + file + ": " + unusable,
          unusable);
    }
  }
}
