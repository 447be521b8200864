package io.tocsin.server.story;

import io.javalin.http.Context;
import io.tocsin.alerting.replay.WhyNot;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Why a rule said nothing. The topics are read and replayed for that: one question at a time, and
 * whoever asks meanwhile is told to come back.
 */
public final class WhyNotApi implements Area {

  private static final int COME_BACK_SECONDS = 5;

  private final WhyNotSource source;
  private final Clock clock;
  private final Semaphore room = new Semaphore(1);

  /** Answered by this source. */
  public WhyNotApi(WhyNotSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/why-not", Role.VIEWER)
            .does("incidents", "Why a rule said nothing of a resource; as tocsin why-not --json.")
            .query("rule", "name of the rule")
            .query("resource", "id of the resource")
            .query("at", "when; now if not said")
            .answers(WhyNot.class)
            .by(this::ask));
  }

  private void ask(Context context) throws RequestProblem {
    Query query = new Query(context, "rule", "resource", "at");
    String rule = query.needed("rule");
    String resource = query.needed("resource");
    Instant at = query.time("at").orElseGet(clock::instant);
    query.check();
    if (!room.tryAcquire()) {
      HttpGuard.later(
          context, COME_BACK_SECONDS, "another question of this kind is being answered");
      return;
    }
    try {
      context.json(source.ask(rule, resource, at));
    } catch (IOException cannot) {
      HttpGuard.later(context, COME_BACK_SECONDS, cannot.getMessage());
    } finally {
      room.release();
    }
  }
}
