package io.tocsin.server.incident;

import static io.tocsin.server.http.HttpGuard.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The part of Alertmanager's API v2 that Prometheus and its like send alerts to, so that they can
 * send them here. Answers with 200 once the topic has all of them; with 400 if some are wrong, the
 * others being taken all the same, as Alertmanager does.
 */
public final class AlertmanagerApi implements Area {

  private static final int LARGEST_BODY = 4 << 20;
  private static final int PATIENCE_S = 10;
  private static final int PROBLEMS_SHOWN = 10;

  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Function<ExternalAlert, CompletableFuture<?>> sink;
  private final MeterRegistry meters;
  private final Clock clock;

  /** What takes alerts in; {@code sink} keeps them. */
  public AlertmanagerApi(
      Function<ExternalAlert, CompletableFuture<?>> sink, MeterRegistry meters, Clock clock) {
    this.sink = sink;
    this.meters = meters;
    this.clock = clock;
  }

  /** What Alertmanager says of itself, as far as those who send to it look. */
  public record Status(Cluster cluster) {

    /** {@code ready} where alerts are taken. */
    public record Cluster(String status) {}
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v2/alerts", Role.RESPONDER)
            .does("alerts", "Takes alerts of another system, as Alertmanager's API v2 does.")
            .takes(PostedAlert[].class)
            .status(200)
            .by(this::alerts),
        Endpoint.get("/api/v2/status", Role.VIEWER)
            .does("alerts", "Says that alerts are taken, as Alertmanager's API v2 does.")
            .answers(Status.class)
            .by(context -> context.json(new Status(new Status.Cluster("ready")))));
  }

  private void alerts(Context context) {
    String contentType = context.contentType();
    byte[] body = context.bodyAsBytes();
    if (contentType == null || !contentType.startsWith("application/json")) {
      problem(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json");
    } else if (body.length > LARGEST_BODY) {
      problem(context, HttpStatus.CONTENT_TOO_LARGE, "4 MiB are allowed");
    } else {
      try {
        take(context, JSON.readValue(body, PostedAlert[].class));
      } catch (JsonProcessingException bad) {
        problem(
            context, HttpStatus.BAD_REQUEST, "not a list of alerts: " + bad.getOriginalMessage());
      } catch (IOException unreadable) {
        problem(context, HttpStatus.BAD_REQUEST, "the body cannot be read");
      }
    }
  }

  private void take(Context context, PostedAlert[] posted) {
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>();
    List<CompletableFuture<?>> kept = new ArrayList<>();
    for (int i = 0; i < posted.length; i++) {
      String wrong = posted[i] == null ? "is null" : posted[i].problem().orElse(null);
      count(wrong == null ? "taken" : "refused");
      if (wrong == null) {
        kept.add(sink.apply(posted[i].taken(now)));
      } else {
        problems.add("alert " + i + " " + wrong);
      }
    }
    try {
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new))
          .get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    } catch (ExecutionException | TimeoutException notKept) {
      problem(
          context, HttpStatus.SERVICE_UNAVAILABLE, "the alerts could not be kept; send them again");
      return;
    }
    if (problems.isEmpty()) {
      context.status(HttpStatus.OK);
    } else {
      problem(
          context,
          HttpStatus.BAD_REQUEST,
          String.join("; ", problems.subList(0, Math.min(problems.size(), PROBLEMS_SHOWN))));
    }
  }

  private void count(String outcome) {
    meters.counter("tocsin.external.alerts", "outcome", outcome).increment();
  }
}
