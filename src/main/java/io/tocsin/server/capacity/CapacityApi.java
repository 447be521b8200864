package io.tocsin.server.capacity;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.glob.Glob;
import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.CapacityJson;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.choice.Placement;
import io.tocsin.capacity.forecast.ForecastOutcome;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.forecast.Forecaster;
import io.tocsin.capacity.report.Assessment;
import io.tocsin.capacity.report.Costs;
import io.tocsin.capacity.report.Fit;
import io.tocsin.capacity.report.Report;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Rightsizer;
import io.tocsin.capacity.rightsizing.RightsizingSettings;
import io.tocsin.capacity.source.HistoryFleet;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryStore;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * The answers of {@code tocsin capacity} over HTTP, with its parameters and its JSON. Reads history
 * that takes {@value #MOST_READINGS} readings of 8 bytes at most; {@link CapacityDesk} keeps the
 * answers.
 */
public final class CapacityApi implements Area, AutoCloseable {

  /** Some 50 MB, of a heap of half a gigabyte: 600 resources for a month in hours. */
  static final long MOST_READINGS = 6_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int USUAL_CURVES = 25;
  private static final int MOST_CURVES = 500;

  private static final Set<String> FORECASTING =
      Set.of(
          "last",
          "resource",
          "horizon",
          "look-ahead",
          "min-history",
          "level",
          "zone",
          "figure",
          "ceiling",
          "curves");
  private static final Set<String> SIZING = Set.of("last", "resource", "percentile", "target");
  private static final Set<String> FITTING =
      Set.of(
          "last",
          "resource",
          "percentile",
          "target",
          "lose",
          "add",
          "add-cores",
          "add-memory",
          "grow",
          "hosts",
          "host-cores",
          "host-memory",
          "headroom",
          "as-given");
  private static final Set<String> REPORTING =
      Set.of(
          "last",
          "resource",
          "horizon",
          "look-ahead",
          "min-history",
          "level",
          "zone",
          "percentile",
          "target");

  private final HistoryStore store;
  private final CapacityBooks books;
  private final Clock clock;
  private final CapacityDesk desk;

  /** Answers from a store, which the caller closes. */
  public CapacityApi(HistoryStore store, CapacityBooks books, Clock clock) {
    this.store = store;
    this.books = books;
    this.clock = clock;
    this.desk = new CapacityDesk(clock, PATIENCE);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        forecasting(get("forecast", "When things are full, most urgent first."))
            .query("figure", "only these, separated by commas, such as cpu-percent")
            .query("ceiling", "percentage from which on it counts as full; by figure if not said")
            .query("curves", "how many of the most urgent come with their curves; 25 if not said")
            .answersMany(ForecastOutcome.class)
            .by(this::forecast),
        sizing(get("rightsize", "How large VMs, containers and hosts should be."))
            .answersMany(Advice.class)
            .by(this::rightsize),
        sizing(get("whatif", "Whether everything still fits after something happens."))
            .query("lose", "hosts that are lost, the largest first")
            .query("add", "VMs that are added")
            .query("add-cores", "cores of each; 1 if not said")
            .query("add-memory", "memory of each in GiB; 2 if not said")
            .query("grow", "percentage by which all need more")
            .query("hosts", "hosts to make up; those of history if not said")
            .query("host-cores", "cores of each made-up host")
            .query("host-memory", "memory of each made-up host in GiB")
            .query("headroom", "share of each host that stays free; 0.2 if not said")
            .query("as-given", "pack what each has been given, not what it needs", "true", "false")
            .answers(Fit.class)
            .by(this::whatIf),
        sizing(get("cost", "What VMs and containers cost a month, and whether a project pays."))
            .answers(Costs.class)
            .by(this::cost),
        sizing(get("choose", "Whether workloads belong in VMs or containers, and how to move."))
            .answers(Placement.class)
            .by(this::choose),
        sizing(forecasting(get("report", "Everything about capacity as one page.")))
            .answersAs("text/html")
            .by(this::report));
  }

  private static Endpoint.Draft get(String name, String does) {
    return Endpoint.get("/api/v1/capacity/" + name, Role.VIEWER)
        .does("capacity", does)
        .query("last", "how much of history to look at, such as 12h or 30d; 30d if not said")
        .query("resource", "ids of resources; an asterisk stands for any text");
  }

  private static Endpoint.Draft forecasting(Endpoint.Draft draft) {
    return draft
        .query("horizon", "how far to forecast; 7d if not said")
        .query("look-ahead", "how far to look for when it is full; 90d if not said")
        .query("min-history", "refuse with less history than this; 7d if not said")
        .query("level", "share of outcomes that the interval should hold; 0.9 if not said")
        .query("zone", "whose clock the load goes by, such as Europe/Berlin; UTC if not said");
  }

  private static Endpoint.Draft sizing(Endpoint.Draft draft) {
    return draft
        .query("percentile", "share of the time in which CPU suffices; 0.99 if not said")
        .query("target", "share of its cores that this percentile should use; 0.7 if not said");
  }

  private void forecast(Context context) throws RequestProblem {
    CapacityAsk ask = ask(context, FORECASTING);
    List<Figure> figures = ask.figures();
    ForecastSettings settings = ask.forecasting();
    FleetAsk fleet = FleetAsk.of(ask);
    int curves = ask.count("curves", USUAL_CURVES, 0, MOST_CURVES);
    ask.done();
    json(
        context,
        () -> Curves.kept(new Forecaster(settings).rank(read(fleet).resources(), figures), curves));
  }

  private void rightsize(Context context) throws RequestProblem {
    CapacityAsk ask = ask(context, SIZING);
    RightsizingSettings settings = ask.sizing();
    FleetAsk fleet = FleetAsk.of(ask);
    ask.done();
    json(context, () -> new Rightsizer(settings).advise(read(fleet).resources()));
  }

  private void whatIf(Context context) throws RequestProblem {
    CapacityAsk ask = ask(context, FITTING);
    RightsizingSettings settings = ask.sizing();
    FleetAsk wanted = FleetAsk.of(ask);
    FitAsk fit = FitAsk.of(ask);
    ask.done();
    json(
        context,
        () -> {
          Fleet fleet = read(wanted);
          return fit.answer(fleet, new Rightsizer(settings).advise(fleet.resources()));
        });
  }

  private void cost(Context context) throws RequestProblem {
    CapacityAsk ask = ask(context, SIZING);
    RightsizingSettings settings = ask.sizing();
    FleetAsk wanted = FleetAsk.of(ask);
    ask.done();
    if (books.prices().isEmpty()) {
      HttpGuard.problem(
          context,
          HttpStatus.NOT_FOUND,
          "there is no price book here; name one as history.prices in the configuration, or use"
              + " tocsin capacity cost --prices FILE");
      return;
    }
    json(
        context,
        () -> {
          Fleet fleet = read(wanted);
          return Costs.of(
              books.prices().get(), fleet, new Rightsizer(settings).advise(fleet.resources()));
        });
  }

  private void choose(Context context) throws RequestProblem {
    CapacityAsk ask = ask(context, SIZING);
    RightsizingSettings settings = ask.sizing();
    FleetAsk wanted = FleetAsk.of(ask);
    ask.done();
    json(
        context,
        () -> {
          Fleet fleet = read(wanted);
          List<Advice> advice = new Rightsizer(settings).advise(fleet.resources());
          return Placement.of(Assessment.evidence(fleet, advice, books.prices()), books.matrix());
        });
  }

  private void report(Context context) throws RequestProblem {
    CapacityAsk ask = ask(context, REPORTING);
    ForecastSettings forecasting = ask.forecasting();
    RightsizingSettings sizing = ask.sizing();
    FleetAsk fleet = FleetAsk.of(ask);
    ask.done();
    desk.answer(
            context,
            question(context),
            () ->
                Report.html(
                    Assessment.of(read(fleet), forecasting, sizing, books.prices(), books.matrix()),
                    forecasting,
                    clock.instant()))
        .ifPresent(page -> ReportPage.answer(context, page));
  }

  /** How much of history, and of which resources. */
  private record FleetAsk(Duration last, Glob resources) {
    static FleetAsk of(CapacityAsk ask) {
      return new FleetAsk(ask.last(), new Glob(ask.resource()));
    }
  }

  private Fleet read(FleetAsk wanted) throws CapacityException, HistoryException {
    Instant now = clock.instant();
    return HistoryFleet.read(
        store, now.minus(wanted.last()), now, wanted.resources()::matches, MOST_READINGS);
  }

  private void json(Context context, Callable<?> work) throws RequestProblem {
    desk.answer(context, question(context), () -> CapacityJson.line(work.call()))
        .ifPresent(text -> context.contentType("application/json").result(text));
  }

  private static CapacityAsk ask(Context context, Set<String> known) {
    return new CapacityAsk(Query.texts(context), known);
  }

  /** The same question has the same name, in whatever order its parameters come. */
  private static String question(Context context) {
    return context.path() + new TreeMap<>(Query.texts(context));
  }

  @Override
  public void close() {
    desk.close();
  }
}
