package io.tocsin.server.incident;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.schemas.Priority;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.http.VersionedAnswer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Incidents to read: the list, and one with its timeline. */
public final class IncidentApi implements Area {

  private static final List<String> STATES = List.of("open", "resolved", "all");
  private static final List<String> PRIORITIES =
      Arrays.stream(Priority.values()).map(Enum::name).toList();

  /** What is over is asked for because it just was. */
  private static final Comparator<IncidentView> NEWEST_FIRST =
      Comparator.comparing(
          IncidentView::resolvedAt, Comparator.nullsLast(Comparator.reverseOrder()));

  private final Incidents incidents;

  /** Of these incidents. */
  public IncidentApi(Incidents incidents) {
    this.incidents = incidents;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/incidents", Role.VIEWER)
            .does("incidents", "Incidents, most urgent first.")
            .query("state", "which; open if not said", STATES.toArray(String[]::new))
            .query("priority", "of these priorities, with commas between them")
            .query("service", "of this service")
            .query("resource", "whose cause, or an alert in it, is at this resource")
            .query("text", "with this in the id, the summary, the rule or the resource")
            .answersPages(IncidentView.class)
            .by(VersionedAnswer.of(this::incidents, incidents::version)),
        Endpoint.get("/api/v1/incidents/{id}", Role.VIEWER)
            .does("incidents", "One incident with its timeline.")
            .path("id", "the incident")
            .answers(IncidentView.class)
            .by(VersionedAnswer.of(this::incident, incidents::version)));
  }

  private void incidents(Context context) throws RequestProblem {
    Query query =
        new Query(context, "state", "priority", "service", "resource", "text", "limit", "after");
    String state = query.word("state", STATES).orElse("open");
    Set<String> priorities = query.words("priority", PRIORITIES);
    Optional<String> service = query.text("service");
    Optional<String> resource = query.text("resource");
    Optional<String> text = query.text("text").map(word -> word.toLowerCase(Locale.ROOT));
    query.check();
    List<IncidentView> wanted =
        (state.equals("open") ? incidents.open() : incidents.all())
            .stream()
                .filter(each -> !(state.equals("resolved") && each.open()))
                .filter(each -> priorities.isEmpty() || priorities.contains(each.priority()))
                .filter(each -> service.isEmpty() || service.get().equals(each.service()))
                .filter(each -> resource.isEmpty() || each.isAt(resource.get()))
                .filter(each -> text.isEmpty() || each.says(text.get()))
                .sorted(state.equals("resolved") ? NEWEST_FIRST : (a, b) -> 0)
                .toList();
    Pages.answer(context, wanted, IncidentView::id);
  }

  private void incident(Context context) {
    incidents.one(context.pathParam("id")).ifPresentOrElse(context::json, () -> noSuch(context));
  }

  static void noSuch(Context context) {
    problem(
        context,
        HttpStatus.NOT_FOUND,
        "no incident has this id; /api/v1/incidents?state=all lists them");
  }
}
