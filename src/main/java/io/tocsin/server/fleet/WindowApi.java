package io.tocsin.server.fleet;

import io.javalin.http.Context;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.view.RecordJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** The newest windows, as their records are. */
final class WindowApi {

  private static final List<String> SIZES = List.of("10s", "1m", "5m");
  private static final List<String> KINDS =
      Arrays.stream(ResourceKind.values()).map(Enum::name).toList();

  private final Windows windows;

  WindowApi(Windows windows) {
    this.windows = windows;
  }

  /**
   * The newest windows of a resource.
   *
   * @param efficiency null where there is none
   * @param latency one for each source
   * @param throughput at most one
   */
  public record Newest(
      Map<String, Object> efficiency,
      List<Map<String, Object>> latency,
      List<Map<String, Object>> throughput) {}

  Endpoint newest() {
    return Endpoint.get("/api/v1/windows", Role.VIEWER)
        .does("fleet", "The newest windows of a resource, as window.avdl describes them.")
        .query("resource", "its id; also service/NAME and rollup/...")
        .query("size", "how long; 10s if not said", SIZES.toArray(String[]::new))
        .answers(Newest.class)
        .by(this::newest);
  }

  Endpoint latencies() {
    return draft("/api/v1/latencies", "The newest latency window of each resource.")
        .by(
            context ->
                list(
                    context,
                    windows.latencies(size(context)),
                    LatencyWindow::getResourceId,
                    LatencyWindow::getKind,
                    LatencyWindow::getService,
                    window -> window.getResourceId() + " " + window.getSource()));
  }

  Endpoint throughputs() {
    return draft("/api/v1/throughputs", "The newest throughput window of each resource.")
        .by(
            context ->
                list(
                    context,
                    windows.throughputs(size(context)),
                    ThroughputWindow::getResourceId,
                    ThroughputWindow::getKind,
                    ThroughputWindow::getService,
                    ThroughputWindow::getResourceId));
  }

  private static Endpoint.Draft draft(String path, String what) {
    return Endpoint.get(path, Role.VIEWER)
        .does("fleet", what)
        .query("size", "how long; 10s if not said", SIZES.toArray(String[]::new))
        .query("resource", "of this resource only")
        .query("kind", "of this kind", KINDS.toArray(String[]::new))
        .query("service", "of this service")
        .answersPages(Map.class);
  }

  private static long size(Context context) throws RequestProblem {
    Query query = new Query(context, "size", "resource", "kind", "service", "limit", "after");
    String size = query.word("size", SIZES).orElse("10s");
    query.check();
    return Windows.SIZES.get(size);
  }

  private static <W extends SpecificRecord> void list(
      Context context,
      List<W> all,
      Function<W, String> resourceOf,
      Function<W, ResourceKind> kindOf,
      Function<W, String> serviceOf,
      Function<W, String> key)
      throws RequestProblem {
    Query query = new Query(context, "size", "resource", "kind", "service", "limit", "after");
    Optional<String> resource = query.text("resource");
    Optional<String> kind = query.word("kind", KINDS);
    Optional<String> service = query.text("service");
    query.check();
    List<W> wanted =
        all.stream()
            .filter(each -> resource.isEmpty() || resource.get().equals(resourceOf.apply(each)))
            .filter(each -> kind.isEmpty() || kind.get().equals(kindOf.apply(each).name()))
            .filter(each -> service.isEmpty() || service.get().equals(serviceOf.apply(each)))
            .toList();
    Pages.answer(context, wanted, key, RecordJson::of);
  }

  private void newest(Context context) throws RequestProblem {
    Query query = new Query(context, "resource", "size");
    String resource = query.needed("resource");
    long size = Windows.SIZES.get(query.word("size", SIZES).orElse("10s"));
    query.check();
    context.json(
        new Newest(
            windows.efficiency(resource, size).map(RecordJson::of).orElse(null),
            windows.latencies(resource, size).stream().map(RecordJson::of).toList(),
            windows.throughput(resource, size).stream().map(RecordJson::of).toList()));
  }

  /** The newest 10 s windows of a resource. */
  ResourcePage.NewestWindows of(String resource) {
    long size = Windows.TEN_SECONDS;
    return new ResourcePage.NewestWindows(
        windows.efficiency(resource, size).map(RecordJson::of).orElse(null),
        windows.latencies(resource, size).stream().map(RecordJson::of).toList(),
        windows.throughput(resource, size).map(RecordJson::of).orElse(null));
  }
}
