package io.tocsin.server.healing;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.schemas.CommandKind;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Accepted;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.incident.CommandApi;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The part of the API that speaks with the responder: how it stands, and commands for it. What came
 * of a command is told by the audit.
 */
public final class HealApi implements Area {

  private static final Map<String, CommandKind> ACTIONS =
      Map.of(
          "pause", CommandKind.HEAL_PAUSE,
          "resume", CommandKind.HEAL_RESUME,
          "promote", CommandKind.HEAL_PROMOTE);

  private static final Map<String, CommandKind> WORDS =
      Map.of("approve", CommandKind.HEAL_APPROVE, "reject", CommandKind.HEAL_REJECT);

  private final Healing healing;
  private final CommandApi commands;
  private final Clock clock;

  /** What the responder does, and how its commands are sent. */
  public HealApi(Healing healing, CommandApi commands, Clock clock) {
    this.healing = healing;
    this.commands = commands;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/heal", Role.VIEWER)
            .does(
                "healing", "How healing stands: what is under way, waits, was refused, has ended.")
            .answers(HealView.class)
            .by(context -> context.json(healing.view())),
        Endpoint.get("/api/v1/heal/plans", Role.VIEWER)
            .does("healing", "Plans and the newest word on each, newest first.")
            .query("incident", "of this incident only")
            .answersPages(HealView.Plan.class)
            .by(
                context ->
                    Pages.answer(
                        context,
                        healing.plans(context.queryParam("incident")),
                        HealView.Plan::plan)),
        Endpoint.get("/api/v1/heal/plans/{id}", Role.VIEWER)
            .does("healing", "One plan with its steps.")
            .path("id", "the plan")
            .answers(HealView.Detail.class)
            .by(this::plan),
        Endpoint.get("/api/v1/heal/actions", Role.VIEWER)
            .does("healing", "What the configuration lets the responder do, and to what.")
            .answersMany(ActionView.class)
            .by(context -> context.json(healing.actions())),
        Endpoint.get("/api/v1/heal/autonomy", Role.VIEWER)
            .does("healing", "How often actions have helped, and which have to ask.")
            .answersMany(AutonomyView.class)
            .by(context -> context.json(healing.autonomy())),
        Endpoint.post("/api/v1/heal/{action}", Role.OPERATOR)
            .does("healing", "Stops all healing, lets it go on, or trusts an action again.")
            .path("action", "pause, resume or promote")
            .takes(HealRequest.class)
            .answers(Accepted.class)
            .by(this::action),
        Endpoint.post("/api/v1/heal/plans/{id}/{word}", Role.OPERATOR)
            .does("healing", "A person's word on a plan that waits for one.")
            .path("id", "the plan")
            .path("word", "approve or reject")
            .takes(HealRequest.class)
            .answers(Accepted.class)
            .by(this::word),
        Endpoint.post("/api/v1/deployments", Role.RESPONDER)
            .does("healing", "Says that a service has got another version.")
            .takes(HealRequest.class)
            .answers(Accepted.class)
            .by(context -> handle(context, CommandKind.DEPLOYED, null)));
  }

  private void plan(Context context) {
    healing
        .plan(context.pathParam("id"))
        .ifPresentOrElse(
            context::json,
            () ->
                problem(
                    context,
                    HttpStatus.NOT_FOUND,
                    "no plan that is remembered has this id; /api/v1/heal/plans lists them"));
  }

  private void action(Context context) {
    CommandKind kind = ACTIONS.get(context.pathParam("action"));
    if (kind == null) {
      problem(context, HttpStatus.NOT_FOUND, "healing takes pause, promote and resume");
    } else {
      handle(context, kind, null);
    }
  }

  private void word(Context context) {
    CommandKind kind = WORDS.get(context.pathParam("word"));
    String plan = context.pathParam("id");
    if (kind == null) {
      problem(context, HttpStatus.NOT_FOUND, "a plan takes approve and reject");
    } else if (!healing.view().isWaiting(plan)) {
      problem(
          context,
          HttpStatus.NOT_FOUND,
          "no plan with this id waits for a person; /api/v1/heal lists those that do");
    } else {
      handle(context, kind, plan);
    }
  }

  private void handle(Context context, CommandKind kind, String planId) {
    CommandApi.handle(
        context,
        HealRequest.class,
        request -> commands.send(context, request.command(kind, planId, clock.instant()), null));
  }
}
