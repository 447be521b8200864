package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tocsin.delivery.HttpWatch;
import io.tocsin.delivery.Looking;
import io.tocsin.delivery.Rollout;
import io.tocsin.delivery.RolloutPlan;
import io.tocsin.delivery.signal.Baseline;
import io.tocsin.delivery.signal.Reason;
import io.tocsin.delivery.signal.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether an installation does as well as it did before. */
@Command(
    name = "verify",
    description = {
      "Looks at Tocsin's own signals for a while and says whether all is as well as before; for",
      "whoever deploys by other means than tocsin rollout."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is as well as before",
      "1:it is not; the lines say what",
      "3:the plan, or the file of --since, cannot be used",
      "4:the API does not say how it is"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin verify plan.yaml --save before.json       before the change",
      "  tocsin verify plan.yaml --since before.json --version 1.4.0-0f3c9aa --for 2m"
    })
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(
      paramLabel = "PLAN",
      description = "YAML file; its instances, checks and limits hold.")
  private Path file;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description = "How long to look. Default: 60s.")
  private Duration time = Duration.ofSeconds(60);

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "What every target should run.")
  private String version;

  @Option(names = "--save", paramLabel = "FILE", description = "Write down how it is, and end.")
  private Path save;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "Compare to what --save wrote. Default: to how it is at the start.")
  private Path since;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (version != null && !Rollout.VERSION.matcher(version).matches()) {
      throw new ParameterException(
          spec.commandLine(), Terminal.plain(version) + " is no version of Tocsin");
    }
    RolloutPlan plan = RolloutCommand.plan(file);
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    try (HttpWatch watch = new HttpWatch(plan, clock)) {
      Looking looking = new Looking(watch, plan.checks(), plan.limits(), clock);
      Baseline before = since == null ? look(looking, plan) : read(since);
      if (save != null) {
        write(before);
        out.println("written to " + save);
        return 0;
      }
      Map<String, String> versions = new LinkedHashMap<>();
      if (version != null) {
        plan.targets().keySet().forEach(name -> versions.put(name, version));
      }
      Looking.Found found = looking.bake(before, versions, time, now -> tell(out, now, clock));
      if (json.wanted()) {
        out.println(Json.text(Map.of("well", found.isWell(), "reasons", found.reasons())));
      } else if (found.isWell()) {
        out.println("well");
      } else {
        out.println("not well:");
        found.reasons().forEach(why -> out.println("  " + Terminal.plain(why)));
      }
      return found.isWell() ? 0 : 1;
    }
  }

  private void tell(PrintWriter out, Verdict now, Clock clock) {
    if (!json.wanted()) {
      String reasons = String.join("; ", now.reasons().stream().map(Reason::toString).toList());
      out.println(
          clock.instant() + " " + (reasons.isEmpty() ? "well again" : Terminal.plain(reasons)));
      out.flush();
    }
  }

  private static Baseline look(Looking looking, RolloutPlan plan)
      throws CommandFailure, InterruptedException {
    try {
      return Baseline.of(looking.look(plan.checks().before()));
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING, Terminal.plain(unknown.getMessage()), unknown);
    }
  }

  private void write(Baseline before) throws CommandFailure {
    try {
      Files.writeString(save, Json.text(before));
    } catch (IOException cannot) {
      throw new CommandFailure(1, save + " cannot be written: " + cannot.getMessage(), cannot);
    }
  }

  private static Baseline read(Path file) throws CommandFailure {
    try {
      return Json.value(Files.readString(file), Baseline.class);
    } catch (JsonProcessingException foreign) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, file + " is not what --save writes", foreign);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, file + " cannot be read: " + unreadable, unreadable);
    }
  }
}
