package io.tocsin.server.pipeline;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.server.Readiness;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import java.util.List;
import java.util.function.Supplier;

/** How the pipeline itself does, on one page. */
public final class PipelineApi implements Area {

  private static final int LETTERS_SHOWN = 100;

  private final Supplier<Readiness> readiness;
  private final LagSource lag;
  private final Troubles troubles;
  private final MeterRegistry meters;

  /** From what each part says of itself. */
  public PipelineApi(
      Supplier<Readiness> readiness, LagSource lag, Troubles troubles, MeterRegistry meters) {
    this.readiness = readiness;
    this.lag = lag;
    this.troubles = troubles;
    this.meters = meters;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/pipeline", Role.VIEWER)
            .does("status", "What waits, what was left out, what could not be used.")
            .answers(PipelineView.class)
            .by(this::pipeline));
  }

  private void pipeline(Context context) {
    Readiness now = readiness.get();
    List<PipelineView.Lag> waits = List.of();
    String lagProblem = null;
    try {
      waits = lag.lag();
    } catch (LagUnknownException unknown) {
      lagProblem = unknown.getMessage();
    }
    context.json(
        new PipelineView(
            now.ready(),
            now.parts(),
            now.residentBytes(),
            waits,
            lagProblem,
            troubles.refusals(),
            troubles.letters().stream().limit(LETTERS_SHOWN).toList(),
            Meters.of(meters)));
  }
}
