package io.tocsin.server.incident;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.incidents.SilencePreview;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Silence;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Accepted;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.RequestProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Silences: to read, to ask for, to try, to take back. */
public final class SilenceApi implements Area {

  private final Silences silences;
  private final Incidents incidents;
  private final Alerts alerts;
  private final CommandApi commands;
  private final Clock clock;

  /** Silences, tried on these incidents and alerts. */
  public SilenceApi(
      Silences silences, Incidents incidents, Alerts alerts, CommandApi commands, Clock clock) {
    this.silences = silences;
    this.incidents = incidents;
    this.alerts = alerts;
    this.commands = commands;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/silences", Role.VIEWER)
            .does("silences", "Silences: those that hold, those to come, those that are over.")
            .answersMany(SilenceView.class)
            .by(context -> context.json(silences.all(clock.instant()))),
        Endpoint.post("/api/v1/silences", Role.RESPONDER)
            .does("silences", "No pages for what matches, until a time.")
            .takes(SilenceRequest.class)
            .answers(Accepted.class)
            .by(this::silence),
        Endpoint.post("/api/v1/silences/preview", Role.VIEWER)
            .does("silences", "What a silence would hide now.")
            .takes(SilenceRequest.class)
            .answers(PreviewView.class)
            .status(200)
            .by(this::preview),
        Endpoint.delete("/api/v1/silences/{id}", Role.RESPONDER)
            .does("silences", "Takes a silence back.")
            .path("id", "the silence")
            .query("by", "who asks, where the server does not know")
            .answers(Accepted.class)
            .by(this::unsilence));
  }

  private void silence(Context context) {
    CommandApi.handle(
        context,
        SilenceRequest.class,
        request -> {
          Instant now = clock.instant();
          Silence silence = request.silence(now);
          // The incident book would refuse it later, and nobody would be there to hear why.
          List<String> problems = preview(silence).problems();
          if (!problems.isEmpty()) {
            throw new RequestProblem(problems);
          }
          commands.send(context, SilenceRequest.command(silence, now), silence.getId());
        });
  }

  private void preview(Context context) {
    CommandApi.handle(
        context,
        SilenceRequest.class,
        request -> context.json(preview(request.silence(clock.instant()))));
  }

  private PreviewView preview(Silence silence) {
    Collection<Incident> open = incidents.openRecords();
    return PreviewView.of(SilencePreview.of(silence, open, alerts.records()), open.size());
  }

  private void unsilence(Context context) {
    String id = context.pathParam("id");
    String by;
    try {
      by = CommandApi.by(context, context.queryParam("by"));
    } catch (RequestProblem bad) {
      problem(context, HttpStatus.UNPROCESSABLE_CONTENT, bad.getMessage());
      return;
    }
    if (!silences.has(id)) {
      problem(context, HttpStatus.NOT_FOUND, "no silence has this id");
      return;
    }
    commands.send(
        context,
        Command.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setKind(CommandKind.UNSILENCE)
            .setBy(by)
            .setAt(clock.instant())
            .setSilenceId(id)
            .build(),
        id);
  }
}
