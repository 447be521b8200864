package io.tocsin.server.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.history.Figures;
import io.tocsin.history.HistoryAsk;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryJson;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.QueryProblems;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Query;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * History over HTTP: {@code GET /api/v1/history} with the parameters of {@code tocsin history},
 * {@code GET /api/v1/history/figures} for the catalogue. An answer has a bounded number of rows,
 * and few are worked out at a time.
 */
public final class HistoryApi implements Area {

  private static final int ROWS_OF_A_SERIES = 300;
  private static final int MOST_ROWS = 20_000;
  private static final int AT_A_TIME = 2;
  private static final JsonFactory JSON = new JsonFactory();

  private final HistoryStore store;
  private final Clock clock;
  private final Semaphore room = new Semaphore(AT_A_TIME);

  /** Answers from a store, which the caller closes. */
  public HistoryApi(HistoryStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/history", Role.VIEWER)
            .does("history", "Figures over time, with the parameters of tocsin history.")
            .query("resource", "ids, separated by commas; an asterisk stands for any text")
            .query("service", "names, separated by commas")
            .query("figure", "names, separated by commas; /api/v1/history/figures lists them")
            .query("last", "how long back, such as 24h")
            .query("from", "begin, ISO 8601")
            .query("to", "end, ISO 8601")
            .query("step", "one row each, such as 5m")
            .answers(HistoryAnswer.class)
            .by(this::history),
        Endpoint.get("/api/v1/history/figures", Role.VIEWER)
            .does("history", "The figures that are kept, with their units.")
            .answersMany(FigureView.class)
            .by(context -> context.json(Figures.all().stream().map(FigureView::of).toList())));
  }

  private void history(Context context) {
    if (!room.tryAcquire()) {
      HttpGuard.later(context, 1, "other questions to history are being answered");
      return;
    }
    try {
      HistoryQuery query =
          new HistoryAsk(Query.texts(context)).query(clock.instant(), ROWS_OF_A_SERIES, MOST_ROWS);
      // Whole before it is sent, so that an error midway still is an error.
      StringWriter text = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(text)) {
        HistoryJson.write(store, query, json);
      }
      context.contentType("application/json").result(text.toString());
    } catch (QueryProblems bad) {
      HttpGuard.problem(context, HttpStatus.BAD_REQUEST, String.join("; ", bad.lines()));
    } catch (HistoryException | IOException failed) {
      HttpGuard.problem(context, HttpStatus.BAD_GATEWAY, failed.getMessage());
    } finally {
      room.release();
    }
  }
}
