package io.tocsin.cli;

import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.packing.Box;
import io.tocsin.capacity.packing.Change;
import io.tocsin.capacity.packing.Headroom;
import io.tocsin.capacity.packing.Overcommit;
import io.tocsin.capacity.packing.Packing;
import io.tocsin.capacity.report.Fit;
import io.tocsin.capacity.report.FitQuestion;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Rightsizer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a fleet still fits after something happens to it. */
@Command(
    name = "whatif",
    description =
        "Whether everything still fits after hosts are lost, more is added, or load grows.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it fits", "1:it does not", "3:the question cannot be answered"},
    footer = {
      "",
      "Examples:",
      "  tocsin capacity whatif --hosts 8 --host-cores 16 --host-memory 64 --lose 1",
      "  tocsin capacity whatif --hosts 8 --host-cores 16 --host-memory 64 --add 10 --add-cores 2",
      "  tocsin capacity whatif --hosts 8 --host-cores 16 --host-memory 64 --grow 25 --json"
    })
final class CapacityWhatIfCommand implements Callable<Integer> {

  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final int MOST_SHOWN = 20;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private CapacityInput input;
  @Mixin private RightsizingOptions sizing;

  @Option(names = "--hosts", paramLabel = "N", required = true, description = "Hosts there are.")
  private int hosts;

  @Option(names = "--host-cores", paramLabel = "N", required = true, description = "Cores of each.")
  private double hostCores;

  @Option(
      names = "--host-memory",
      paramLabel = "GIB",
      required = true,
      description = "Memory of each, in GiB.")
  private double hostMemory;

  @Option(names = "--lose", paramLabel = "N", description = "Hosts that are lost.")
  private int lose;

  @Option(names = "--add", paramLabel = "N", description = "VMs or containers that are added.")
  private int add;

  @Option(names = "--add-cores", paramLabel = "N", defaultValue = "1", description = "Of each: 1.")
  private double addCores;

  @Option(
      names = "--add-memory",
      paramLabel = "GIB",
      defaultValue = "2",
      description = "Of each, in GiB: 2.")
  private double addMemory;

  @Option(names = "--grow", paramLabel = "PERCENT", description = "How much more all need.")
  private double grow;

  @Option(
      names = "--headroom",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Share of each host's cores that stays free: 0.2; of its memory half of that.")
  private double headroom;

  @Option(
      names = "--as-given",
      description = "Pack what each has been given, rather than what it needs.")
  private boolean asGiven;

  @Override
  public Integer call() throws CommandFailure {
    check();
    Fleet fleet = input.fleet();
    List<Advice> advice = new Rightsizer(sizing.settings()).advise(fleet.resources());
    FitQuestion question =
        new FitQuestion(boxes(), fleet, advice, asGiven, new Headroom(headroom, headroom / 2));
    List<Change> changes = changes();
    Packing packing = question.after(changes);
    Fit answer = question.answer(changes, packing);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(CapacityJson.text(answer));
    } else {
      tell(answer, packing, out);
    }
    return packing.fits() ? 0 : 1;
  }

  private void check() throws CommandFailure {
    List<String> problems = new ArrayList<>();
    if (hosts < 1 || hosts > 10_000) {
      problems.add("--hosts: has to be from 1 to 10000");
    }
    if (lose < 0 || lose >= hosts) {
      problems.add("--lose: has to be from 0 to one less than --hosts");
    }
    if (!(hostCores > 0) || !(hostMemory > 0)) {
      problems.add("--host-cores and --host-memory: have to be above 0");
    }
    if (add < 0 || add > 100_000 || !(addCores >= 0) || !(addMemory >= 0)) {
      problems.add("--add: has to be from 0 to 100000, --add-cores and --add-memory 0 or more");
    }
    if (!(grow > -100 && grow <= 10_000)) {
      problems.add("--grow: has to be above -100 and up to 10000 percent");
    }
    if (!(headroom >= 0 && headroom < 1)) {
      problems.add("--headroom: is not a share from 0 to below 1");
    }
    if (!problems.isEmpty()) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, String.join("\n", problems));
    }
  }

  private List<Box> boxes() {
    List<Box> all = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      all.add(new Box("host/" + i, hostCores, hostMemory * GIB));
    }
    return all;
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i <= lose; i++) {
      changes.add(new Change.LoseHost("host/" + i));
    }
    if (grow != 0) {
      changes.add(new Change.Grow(grow));
    }
    if (add > 0) {
      changes.add(new Change.Add(add, addCores, addMemory * GIB));
    }
    return changes;
  }

  private static void tell(Fit answer, Packing packing, PrintWriter out) {
    out.printf(
        "%s: %d on %d hosts%s%n",
        answer.fits() ? "fits" : "does not fit",
        answer.guests(),
        answer.hosts(),
        answer.changes().isEmpty() ? "" : " after: " + String.join(", ", answer.changes()));
    answer.left().stream()
        .limit(MOST_SHOWN)
        .forEach(
            box ->
                out.printf(
                    Locale.ROOT,
                    "  no room for %s: %.2f cores, %.1f GiB%n",
                    Terminal.plain(box.id()),
                    box.cores(),
                    box.memoryBytes() / GIB));
    if (answer.left().size() > MOST_SHOWN) {
      out.printf("  and %d more; --json has all%n", answer.left().size() - MOST_SHOWN);
    }
    double cores = packing.free().stream().mapToDouble(Box::cores).sum();
    double memory = packing.free().stream().mapToDouble(Box::memoryBytes).sum() / GIB;
    out.printf(Locale.ROOT, "free below the head-room: %.1f cores, %.1f GiB%n", cores, memory);
    out.println(
        answer.survivesAnyLoss()
            ? "as it is now, any one host may be lost"
            : "as it is now, no host may be lost");
    Overcommit overcommit = answer.overcommit();
    out.printf(
        Locale.ROOT,
        "given for each there is: %.2f cores, %.2f of memory; needed: %.2f and %.2f; balloons could"
            + " take back %.1f GiB%n",
        overcommit.cpuPromised(),
        overcommit.memoryPromised(),
        overcommit.cpuNeeded(),
        overcommit.memoryNeeded(),
        overcommit.reclaimableBytes() / GIB);
    if (!answer.leftOut().isEmpty()) {
      out.printf(
          "left out, as their size is not known: %s%n",
          Terminal.plain(String.join(", ", answer.leftOut())));
    }
  }
}
