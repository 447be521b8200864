package io.tocsin.bench;

import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedRegistry;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the trials of a plan, one after the other. */
public final class Bench {

  private final BenchPlan plan;
  private final Clock clock;
  private final Consumer<String> progress;

  /**
   * A bench that has not begun.
   *
   * @param progress told in words what is being done
   */
  public Bench(BenchPlan plan, Clock clock, Consumer<String> progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @return a row for each engine and size of the fleet
   * @throws PartFailure if the registry does not come up
   * @throws BenchFailure if another part does not, or stops working
   */
  public List<Row> run() throws PartFailure, IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    boolean needsKafka =
        plan.engines().contains(Engine.RAW) || plan.engines().contains(Engine.STREAMS);
    if (needsKafka) {
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
        for (int resources : plan.resources()) {
          kafka(resources, registry.address(), rows);
        }
      }
    }
    if (plan.engines().contains(Engine.PROMETHEUS)) {
      prometheus(rows);
    }
    return rows;
  }

  private void prometheus(List<Row> rows) throws IOException, InterruptedException {
    Optional<Path> program = LocalServer.program("prometheus");
    if (program.isEmpty()) {
      progress.accept("prometheus is not installed, and left out");
      return;
    }
    List<Integer> sizes =
        plan.resources().stream()
            .map(resources -> Math.min(resources, plan.prometheusResources()))
            .distinct()
            .toList();
    for (int resources : sizes) {
      PrometheusTrial trial =
          new PrometheusTrial(program.get(), resources, plan.seed(), plan.span(), clock);
      Path directory = plan.data().resolve("prometheus-" + resources);
      for (PrometheusFiles.Rules rules : PrometheusFiles.Rules.values()) {
        int series = resources * SamplePoint.ALL.size();
        progress.accept(
            String.format(
                "%d resources: prometheus, %,d series, %d rules",
                resources, series, rules.count()));
        rows.add(trial.run(directory.resolve(rules.engine()), rules));
      }
    }
  }

  private void kafka(int resources, String registryUrl, List<Row> rows)
      throws IOException, InterruptedException {
    Consumer<String> told = what -> progress.accept(resources + " resources: " + what);
    told.accept("starting a broker");
    Fleet fleet = new Fleet(plan.seed(), resources);
    Path directory = plan.data().resolve("fleet-" + resources);
    try (Installation installation = Installation.start(directory, plan.threads(), registryUrl);
        SampleFeed feed = new SampleFeed(installation.cluster(), fleet)) {
      StreamsTrial.warmUp(feed, fleet, plan.span(), clock);
      if (plan.engines().contains(Engine.RAW)) {
        RawTrial raw = new RawTrial(installation, resources, plan.span());
        told.accept("raw produce");
        rows.add(raw.run(Part.PRODUCE, "raw produce"));
        told.accept("raw copy");
        rows.add(raw.run(Part.COPY, "raw copy"));
        BenchTopics.remove(installation.cluster(), BenchTopics.COPY);
      }
      if (plan.engines().contains(Engine.STREAMS)) {
        told.accept("streams");
        rows.add(new StreamsTrial(plan, installation, feed, fleet, clock, told).run());
      }
    }
    boolean isRight = rows.stream().allMatch(row -> row.check() == null || row.check().isRight());
    if (isRight) {
      Installation.deleteData(directory); // the next fleet needs the room
    }
  }
}
