package io.tocsin.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Each command is a class beside this one. */
@Command(
    name = "tocsin",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Watches a fleet, tells the on-call how bad it is, and repairs what it may.",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      CollectCommand.class,
      AgentsCommand.class,
      EchoCommand.class,
      StreamsCommand.class,
      AlertingCommand.class,
      WatchdogCommand.class,
      RespondCommand.class,
      NotifierCommand.class,
      TopologyCommand.class,
      RecordCommand.class,
      ServeCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      HistoryCommand.class,
      StatusCommand.class,
      TopCommand.class,
      IncidentsCommand.class,
      SilencesCommand.class,
      RulesCommand.class,
      HealCommand.class,
      AuditCommand.class,
      TokenCommand.class,
      AclsCommand.class,
      AccountsCommand.class,
      NotifyCommand.class,
      WhyCommand.class,
      WhyNotCommand.class,
      TuningCommand.class,
      CapacityCommand.class,
      PlanCommand.class,
      BoardsCommand.class,
      PoliciesCommand.class,
      SecurityCommand.class,
      CheckCommand.class,
      RolloutCommand.class,
      VerifyCommand.class,
      BenchCommand.class,
      BenchPartCommand.class,
      VersionCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin demo                   see a service die and come back",
      "  tocsin up --config my.yaml    run the whole pipeline until Ctrl-C",
      "  tocsin collect --once --print what an agent would send",
      "  tocsin bench                  what a sample costs on this machine",
      "  tocsin incidents --json       open incidents of the running pipeline",
      "  source <(tocsin generate-completion)"
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionStrategy(new Failures.OfTheProgram())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: tocsin up, tocsin demo, ...");
  }
}
