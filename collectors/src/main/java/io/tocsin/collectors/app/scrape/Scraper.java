package io.tocsin.collectors.app.scrape;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.TokenFile;
import io.tocsin.collectors.app.prometheus.Exposition;
import io.tocsin.collectors.app.prometheus.Lines;
import io.tocsin.collectors.app.scrape.LineSubscriber.End;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one target once: sends the request, reads the answer while it comes, within the timeout. */
final class Scraper {

  /** Longest line of an answer, in bytes. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  /** Makes a parser for an answer in one of the two formats. */
  @FunctionalInterface
  interface Parsers {
    Exposition parser(boolean openMetrics);
  }

  private final ScrapeConfig config;
  private final ScrapeClient clients;

  Scraper(ScrapeConfig config, ScrapeClient clients) {
    this.config = config;
    this.clients = clients;
  }

  /**
   * Feeds a parser with what the target answers. An answer that was cut off has been fed as far as
   * it came, and is a complaint.
   *
   * @throws CollectorException if there is no answer that could be read
   */
  void scrape(Parsers parsers, Complaints complaints)
      throws CollectorException, InterruptedException {
    Answer answer = new Answer(parsers);
    var client = clients.get();
    CompletableFuture<HttpResponse<End>> exchange = client.sendAsync(request(), answer);
    Problem cutOff = null;
    try {
      HttpResponse<End> response = exchange.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
      checkStatus(response.statusCode());
      checkContent(response.headers());
      if (response.body() == End.OVER_LIMIT) {
        cutOff =
            problem(
                Reason.OVER_LIMIT,
                "the answer is longer than %d bytes; raise body-limit or have it show fewer"
                    .formatted(config.bodyLimit()));
      }
    } catch (TimeoutException e) {
      cutOff = problem(Reason.DEADLINE, "no complete answer within " + shown(config.timeout()));
    } catch (ExecutionException e) {
      clients.replaceIfDead(client, e.getCause());
      cutOff = ScrapeFailure.problem(where(), e.getCause());
    } finally {
      // Closes the connection of an exchange that is still going on.
      exchange.cancel(true);
    }
    if (!answer.finish(cutOff == null)) {
      throw new CollectorException(
          cutOff == null ? problem(Reason.MALFORMED, "the answer is empty") : cutOff);
    }
    if (cutOff != null) {
      complaints.add(cutOff);
    }
  }

  private HttpRequest request() throws CollectorException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.url())
            .GET()
            .header("Accept", ACCEPT)
            .header("User-Agent", "tocsin-scrape");
    if (config.bearerTokenFile() != null) {
      String token = TokenFile.read(config.bearerTokenFile());
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  private void checkStatus(int status) throws CollectorException {
    if (status == 200) {
      return;
    }
    String hint =
        switch (status) {
          case 401, 403 -> "; is bearer-token-file right?";
          case 404 -> "; is the path of the URL right?";
          default -> status >= 300 && status < 400 ? "; redirects are not followed" : "";
        };
    throw new CollectorException(
        problem(
            status == 401 || status == 403 ? Reason.REFUSED : Reason.UNREADABLE,
            "answered " + status + hint));
  }

  private void checkContent(HttpHeaders headers) throws CollectorException {
    String type = contentType(headers);
    if (type.startsWith("text/html") || type.startsWith("application/vnd.google.protobuf")) {
      throw new CollectorException(
          problem(
              Reason.MALFORMED, "the answer is no Prometheus text; is the path of the URL right?"));
    }
    if (!identity(headers)) {
      throw new CollectorException(
          problem(Reason.MALFORMED, "the answer is compressed, which was not asked for"));
    }
  }

  private static String contentType(HttpHeaders headers) {
    return headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
  }

  private static boolean identity(HttpHeaders headers) {
    return headers.firstValue("Content-Encoding").orElse("identity").equals("identity");
  }

  private static String shown(Duration time) {
    return time.toMillis() + " ms";
  }

  private String where() {
    return config.url().toString();
  }

  private Problem problem(Reason reason, String what) {
    return new Problem(reason, where(), what);
  }

  /** Reads the answer to one request; its body only if it is one that can be used. */
  private final class Answer implements BodyHandler<End> {

    private final Parsers parsers;
    private Exposition parser;
    private Lines lines;
    private LineSubscriber subscriber;
    private boolean finished;

    Answer(Parsers parsers) {
      this.parsers = parsers;
    }

    @Override
    public synchronized BodySubscriber<End> apply(HttpResponse.ResponseInfo head) {
      if (finished) {
        return new NoBody();
      }
      try {
        checkStatus(head.statusCode());
        checkContent(head.headers());
      } catch (CollectorException told) {
        return new NoBody();
      }
      boolean openMetrics = contentType(head.headers()).startsWith("application/openmetrics-text");
      parser = parsers.parser(openMetrics);
      lines = new Lines(LONGEST_LINE, parser);
      subscriber = new LineSubscriber(lines, config.bodyLimit());
      return subscriber;
    }

    /** Takes no more; false if nothing has come. */
    synchronized boolean finish(boolean complete) {
      finished = true;
      if (subscriber == null || subscriber.stop() == 0) {
        return false;
      }
      if (complete) {
        lines.finish();
      }
      parser.finish(complete);
      return true;
    }
  }
}
