package io.tocsin.cli;

import io.tocsin.config.ConfigException;
import io.tocsin.config.RolloutLoader;
import io.tocsin.delivery.Rollout;
import io.tocsin.delivery.RolloutPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a version through an installation, and back where it does not do well. */
@Command(
    name = "rollout",
    description = {
      "Puts a version on the instances that a plan names, step by step, looks at Tocsin's own",
      "signals after each step, and takes it back where it does not do well."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every instance has the version",
      "3:the plan cannot be used",
      "20:it did badly, and every instance has the version before again",
      "21:it did badly, and a person has to see to some instance",
      "22:nothing was changed: not all was well before",
      "23:an earlier rollout was interrupted: --resume or --back",
      "24:another rollout by this plan is under way"
    },
    footer = {
      "",
      "Every decision is a line of rollout/rollout.jsonl beside the plan, with its reason.",
      "",
      "Examples:",
      "  tocsin rollout plan.yaml --to 1.4.0-0f3c9aa",
      "  tocsin rollout plan.yaml --resume        go on with what was interrupted",
      "  tocsin rollout plan.yaml --back          take back what was interrupted, or is just done",
      "  tocsin rollout plan.yaml --check         is the plan good"
    })
final class RolloutCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "PLAN", description = "YAML file.")
  private Path file;

  @Option(names = "--to", paramLabel = "VERSION", description = "The version to put there.")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      description = "The version that is there, where instances do not tell.")
  private String from;

  @Option(
      names = "--even-if-unwell",
      description = "Begin although an instance is not ready; for a version that mends that.")
  private boolean evenIfUnwell;

  @Option(names = "--resume", description = "Go on with what was interrupted, either way.")
  private boolean resume;

  @Option(names = "--back", description = "Go back to the version before.")
  private boolean back;

  @Option(names = "--check", description = "Check the plan and change nothing.")
  private boolean check;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    int asked = (to == null ? 0 : 1) + (resume ? 1 : 0) + (back ? 1 : 0) + (check ? 1 : 0);
    if (asked != 1) {
      throw new ParameterException(
          spec.commandLine(), "say one of --to VERSION, --resume, --back or --check");
    }
    for (String version : new String[] {to, from}) {
      if (version != null && !Rollout.VERSION.matcher(version).matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "a version is up to 101 letters, digits and ._+-, a letter or digit first; not "
                + Terminal.plain(version));
      }
    }
    RolloutPlan plan = plan(file);
    if (check) {
      spec.commandLine()
          .getOut()
          .printf(
              "%s: good: %d targets in %d steps%n",
              file, plan.targets().size(), plan.steps().size());
      return 0;
    }
    RollingOut rolling =
        new RollingOut(plan, spec.commandLine().getOut(), json.wanted(), Clock.systemUTC());
    if (resume) {
      return rolling.resume();
    }
    return back ? rolling.back() : rolling.begin(to, from, evenIfUnwell);
  }

  /** Reads a plan. */
  static RolloutPlan plan(Path file) throws CommandFailure {
    try {
      return new RolloutLoader().load(file);
    } catch (ConfigException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    }
  }
}
