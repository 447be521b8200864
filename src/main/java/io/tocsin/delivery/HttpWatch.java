package io.tocsin.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.delivery.RolloutPlan.Target;
import io.tocsin.delivery.signal.InstanceReading;
import io.tocsin.delivery.signal.Observation;
import io.tocsin.delivery.signal.PipelineReading;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks over HTTP: each instance its {@code /health/ready} and {@code /metrics}, the API how the
 * pipeline is. Several at a time, because one that is silent should not hold up the others.
 */
public final class HttpWatch implements Watch, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST = 8 << 20;
  private static final int AT_A_TIME = 8;
  private static final int SHOWN = 200;
  private static final int MOST_PAGES = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Answer(int status, String body, String next) {}

  private final RolloutPlan plan;
  private final Clock clock;
  private final ExecutorService askers = Executors.newFixedThreadPool(AT_A_TIME);
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PATIENCE).executor(askers).build();

  /** The instances and the API of a plan. */
  public HttpWatch(RolloutPlan plan, Clock clock) {
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public Observation look() throws InterruptedException {
    Map<String, Future<InstanceReading>> asked = new HashMap<>();
    List<Target> all = new ArrayList<>(plan.targets().values());
    all.addAll(plan.watched().values());
    for (Target target : all) {
      if (target.health() != null) {
        asked.put(target.name(), askers.submit(() -> instance(target.health())));
      }
    }
    PipelineReading pipeline = pipeline();
    Map<String, InstanceReading> instances = new HashMap<>();
    for (Map.Entry<String, Future<InstanceReading>> each : asked.entrySet()) {
      instances.put(each.getKey(), get(each.getValue()));
    }
    return new Observation(clock.instant(), instances, pipeline);
  }

  private static InstanceReading get(Future<InstanceReading> asked) throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException broken) {
      return new InstanceReading.Silent("could not be asked: " + broken.getCause());
    }
  }

  private InstanceReading instance(URI at) throws InterruptedException {
    try {
      Answer ready = get(at.resolve("/health/ready"));
      Answer metrics = get(at.resolve("/metrics"));
      OwnMetrics own = OwnMetrics.of(metrics.status() == 200 ? metrics.body() : "");
      return new InstanceReading.Answered(
          ready.status() == 200,
          ready.status() + " " + PlainText.head(ready.body(), SHOWN),
          PlainText.head(own.version(), SHOWN),
          own.startedAt(),
          own.troubles());
    } catch (IOException away) {
      return new InstanceReading.Silent("does not answer at " + at + ": " + text(away));
    }
  }

  private PipelineReading pipeline() throws InterruptedException {
    PipelineReading last = new PipelineReading.Silent("nobody was asked");
    for (URI api : plan.apis()) {
      last = pipeline(api);
      if (last instanceof PipelineReading.Known) {
        break;
      }
    }
    return last;
  }

  private PipelineReading pipeline(URI api) throws InterruptedException {
    try {
      Answer pipeline = get(api.resolve("/api/v1/pipeline"));
      if (pipeline.status() != 200) {
        return new PipelineReading.Silent(
            "%s answers %d: %s"
                .formatted(api, pipeline.status(), PlainText.head(pipeline.body(), SHOWN)));
      }
      List<JsonNode> incidents = new ArrayList<>();
      URI next = api.resolve("/api/v1/incidents?state=open&limit=1000");
      for (int page = 0; next != null && page < MOST_PAGES; page++) {
        Answer answer = get(next);
        if (answer.status() != 200) {
          return new PipelineReading.Silent(next + " answers " + answer.status());
        }
        JSON.readTree(answer.body()).forEach(incidents::add);
        next = answer.next() == null ? null : api.resolve(answer.next());
      }
      return ApiAnswer.of(JSON.readTree(pipeline.body()), incidents);
    } catch (JsonProcessingException foreign) {
      return new PipelineReading.Silent(api + " answers, but not as Tocsin's API does");
    } catch (IOException away) {
      return new PipelineReading.Silent("nothing answers at " + api + ": " + text(away));
    }
  }

  private Answer get(URI uri) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    // The token is the API's; instances of stages ask for none, and need not see it.
    if (plan.tokenFile() != null
        && plan.apis().stream().anyMatch(api -> api.getAuthority().equals(uri.getAuthority()))) {
      request.header("Authorization", "Bearer " + Files.readString(plan.tokenFile()).strip());
    }
    HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      return new Answer(
          answer.statusCode(),
          new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8),
          answer.headers().firstValue("Link").map(HttpWatch::next).orElse(null));
    }
  }

  /** {@code <path?query>; rel="next"}: on the same server, whatever it says. */
  private static String next(String link) {
    int end = link.indexOf('>');
    return link.startsWith("</")
            && !link.startsWith("<//")
            && end > 0
            && link.contains("rel=\"next\"")
        ? link.substring(1, end)
        : null;
  }

  private static String text(IOException away) {
    return away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(duration.toMillis());
  }

  @Override
  public void close() {
    askers.shutdownNow();
  }
}
