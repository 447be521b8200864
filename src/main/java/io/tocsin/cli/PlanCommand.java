package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tocsin.sizing.Demand;
import io.tocsin.sizing.Figures;
import io.tocsin.sizing.Plan;
import io.tocsin.sizing.Sizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many machines a fleet needs. */
@Command(
    name = "plan",
    description = {
      "How many partitions, instances, cores, bytes of memory and disk and how much network a",
      "fleet needs, by what the bench measured, and what gives way first when it grows."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:calculated",
      "2:an option has a value that cannot be",
      "3:--bench is no result"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin plan --resources 10000 --interval 1s --retention 1d",
      "  tocsin plan --resources 1000000 --interval 10s --retention 12h --cores 8 --figures",
      "  tocsin bench --only streams --json >mine.json; tocsin plan --resources 5000 --bench mine.json"
    })
final class PlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--resources",
      paramLabel = "NUMBER",
      required = true,
      description = "Hosts, VMs and containers together.")
  private long resources;

  @Option(
      names = "--hosts",
      paramLabel = "NUMBER",
      description = "Machines with an agent. Default: one for twenty resources.")
  private Long hosts;

  @Option(
      names = "--interval",
      paramLabel = "SPAN",
      defaultValue = "1s",
      converter = SpanConverter.class,
      description = "Between two samples of one resource. Default: ${DEFAULT-VALUE}.")
  private Duration interval;

  @Option(
      names = "--retention",
      paramLabel = "SPAN",
      defaultValue = "1d",
      converter = SpanConverter.class,
      description = "How long topics keep what is measured. Default: ${DEFAULT-VALUE}.")
  private Duration retention;

  @Option(
      names = "--copies",
      paramLabel = "NUMBER",
      defaultValue = "3",
      description = "Of each record on brokers. Default: ${DEFAULT-VALUE}.")
  private int copies;

  @Option(
      names = "--standbys",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Warm copies of the streams' states. Default: ${DEFAULT-VALUE}.")
  private int standbys;

  @Option(
      names = "--cores",
      paramLabel = "NUMBER",
      defaultValue = "4",
      description = "Of a machine that a stage runs on. Default: ${DEFAULT-VALUE}.")
  private int cores;

  @Option(
      names = "--use",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description = "Of each core that is planned with. Default: ${DEFAULT-VALUE}.")
  private double use;

  @Option(
      names = "--bench",
      paramLabel = "FILE",
      description = "Calculate with what tocsin bench --json printed on your machine.")
  private Path bench;

  @Option(names = "--figures", description = "Print what is calculated with, and where it is from.")
  private boolean figures;

  @Override
  public Integer call() throws CommandFailure {
    Plan plan = new Sizer(known()).plan(demand());
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json.wanted() ? Json.text(plan) + System.lineSeparator() : PlanText.of(plan, figures));
    out.flush();
    return 0;
  }

  private Demand demand() {
    long machines = hosts == null ? Math.max(1, resources / 20) : hosts;
    try {
      return new Demand(resources, machines, interval, retention, copies, standbys, cores, use);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }

  private Figures known() throws CommandFailure {
    Figures shipped = Figures.shipped();
    if (bench == null) {
      return shipped;
    }
    try {
      return shipped.measuredBy(Json.tree(Files.readString(bench)), bench.toString());
    } catch (JsonProcessingException broken) {
      throw unusable("is not JSON: " + broken.getOriginalMessage(), broken);
    } catch (IOException unreadable) {
      throw unusable("cannot be read: " + unreadable, unreadable);
    } catch (IllegalArgumentException other) {
      throw unusable(other.getMessage(), other);
    }
  }

  private CommandFailure unusable(String why, Exception cause) {
    return new CommandFailure(
        CommandFailure.BAD_CONFIGURATION, "--bench " + bench + ": " + why, cause);
  }
}
