package io.tocsin.server.story;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.incidents.Why;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.server.access.Role;
import io.tocsin.server.fleet.BottleneckView;
import io.tocsin.server.fleet.Bottlenecks;
import io.tocsin.server.fleet.Fleet;
import io.tocsin.server.fleet.FleetBoard;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.VersionedAnswer;
import io.tocsin.server.incident.Alerts;
import io.tocsin.server.incident.Incidents;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The story of one incident: its axis of time, why it is there, its path, what may help. */
public final class StoryApi implements Area {

  private static final int MOST_BOTTLENECKS = 50;

  private final Incidents incidents;
  private final Alerts alerts;
  private final Deeds deeds;
  private final Fleet fleet;
  private final FleetBoard board;
  private final Bottlenecks bottlenecks;
  private final Ladders ladders;

  /**
   * What healing would try.
   *
   * @param healing what the responder may do
   * @param withActions puts into an alert the actions that a ladder has for it
   */
  public record Ladders(HealingConfig healing, UnaryOperator<Alert> withActions) {

    /** No healing at all. */
    public static final Ladders NONE = new Ladders(HealingConfig.DEFAULT, UnaryOperator.identity());
  }

  /**
   * An answer to {@code why}, as {@code tocsin why --json} prints it.
   *
   * @param evidence what the newest decision rests on
   */
  public record WhyAnswer(String incident, Why why, List<String> evidence) {}

  /** Over these views. */
  public StoryApi(
      Incidents incidents,
      Alerts alerts,
      Deeds deeds,
      Fleet fleet,
      FleetBoard board,
      Bottlenecks bottlenecks,
      Ladders ladders) {
    this.incidents = incidents;
    this.alerts = alerts;
    this.deeds = deeds;
    this.fleet = fleet;
    this.board = board;
    this.bottlenecks = bottlenecks;
    this.ladders = ladders;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        draft("axis", "Signals, decisions, pages, actions and verifications on one axis of time.")
            .answersMany(Moment.class)
            .by(VersionedAnswer.of(about(this::axis), incidents::version, deeds::version)),
        draft("why", "Why it is there, and is what it is; as tocsin why --json.")
            .answers(WhyAnswer.class)
            .by(VersionedAnswer.of(about(this::why), incidents::version)),
        draft("path", "How its cause reaches what it affects.")
            .answers(CausePath.class)
            .by(about(this::path)),
        draft("remedies", "What may help: runbook, bottlenecks with advice, ladder of healing.")
            .answers(Remedies.class)
            .by(about(this::remedies)));
  }

  private static Endpoint.Draft draft(String what, String does) {
    return Endpoint.get("/api/v1/incidents/{id}/" + what, Role.VIEWER)
        .does("incidents", does)
        .path("id", "the incident");
  }

  private Handler about(Function<Incident, Object> answer) {
    return context -> {
      Optional<Incident> incident = incidents.record(context.pathParam("id"));
      if (incident.isPresent()) {
        context.json(answer.apply(incident.get()));
      } else {
        noSuch(context);
      }
    };
  }

  private static void noSuch(Context context) {
    problem(
        context,
        HttpStatus.NOT_FOUND,
        "no incident has this id; /api/v1/incidents?state=all lists them");
  }

  private List<Moment> axis(Incident incident) {
    String id = incident.getId();
    return Axis.of(incident, incidents.events(id), deeds.deliveries(id), deeds.steps(id));
  }

  private WhyAnswer why(Incident incident) {
    var events = incidents.events(incident.getId());
    Why why = fleet.ask(graph -> Why.of(incident, events, graph));
    return new WhyAnswer(incident.getId(), why, incident.getEvidence());
  }

  private CausePath path(Incident incident) {
    Function<String, String> states = board.states();
    return fleet.ask(graph -> CausePath.of(incident, graph, states));
  }

  private Remedies remedies(Incident incident) {
    return Remedies.of(
        incident,
        ladder(incident),
        ladders.healing(),
        deeds.steps(incident.getId()),
        bottlenecks(incident));
  }

  private List<String> ladder(Incident incident) {
    if (incident.getAlerts().isEmpty()) {
      return List.of();
    }
    String cause = incident.getAlerts().get(0).getAlertId();
    return alerts
        .record(cause)
        .map(alert -> ladders.withActions().apply(alert).getHeal())
        .orElse(List.of());
  }

  private List<BottleneckView> bottlenecks(Incident incident) {
    return Stream.concat(
            Stream.of(incident.getResourceId()),
            incident.getAlerts().stream().map(alert -> alert.getResourceId()))
        .distinct()
        .flatMap(resource -> bottlenecks.of(resource).stream())
        .limit(MOST_BOTTLENECKS)
        .toList();
  }
}
