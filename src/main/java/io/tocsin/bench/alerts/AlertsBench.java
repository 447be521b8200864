package io.tocsin.bench.alerts;

import io.tocsin.bench.BenchFailure;
import io.tocsin.bench.Installation;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedRegistry;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the trials of a plan, one after the other. */
public final class AlertsBench {

  private final AlertsPlan plan;
  private final Clock clock;
  private final Consumer<String> progress;

  /**
   * A bench that has not begun.
   *
   * @param progress told in words what is being done
   */
  public AlertsBench(AlertsPlan plan, Clock clock, Consumer<String> progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @return a row for each engine and number of rules
   * @throws PartFailure if the registry does not come up
   * @throws BenchFailure if another part does not, or stops working
   */
  public List<AlertsRow> run() throws PartFailure, IOException, InterruptedException {
    List<AlertsRow> rows = new ArrayList<>();
    if (plan.engines().contains(AlertsPlan.Engine.TOCSIN)) {
      DataDirectory data = new DataDirectory(plan.data());
      data.create();
      try (EmbeddedRegistry registry =
          new EmbeddedRegistry(
              plan.registryDistribution(),
              data,
              Ports.free(1).get(0),
              death -> progress.accept(death.getMessage()))) {
        progress.accept("starting the registry");
        registry.start();
        for (int rules : plan.rules()) {
          Path directory = plan.data().resolve("rules-" + rules);
          AlertsTrial trial = new AlertsTrial(plan, rules, clock, told("tocsin", rules));
          AlertsRow row = trial.run(directory, registry.address());
          rows.add(row);
          if (row.isRight()) {
            Installation.deleteData(directory);
          }
        }
      }
    }
    if (plan.engines().contains(AlertsPlan.Engine.PROMETHEUS)) {
      for (int rules : plan.rules()) {
        Path directory = plan.data().resolve("prometheus-" + rules);
        new AlertmanagerTrial(plan, rules, clock, told("prometheus", rules))
            .run(directory)
            .ifPresent(rows::add);
      }
    }
    return rows;
  }

  private Consumer<String> told(String engine, int rules) {
    return what -> progress.accept(String.format("%s, %,d rules: %s", engine, rules, what));
  }
}
