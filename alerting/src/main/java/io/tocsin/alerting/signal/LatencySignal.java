package io.tocsin.alerting.signal;

import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import java.util.Locale;

/** Windows of latency, loss and errors of an endpoint, a path, an application or a service. */
public final class LatencySignal {

  /** The figures of a window. */
  public static final FieldTable<LatencyWindow> FIELDS =
      FieldTable.<LatencyWindow>builder()
          .words("source", LatencySource.class, "Who measured.", LatencyWindow::getSource)
          .number("count", "", "Latencies the window is made of.", LatencyWindow::getCount)
          .maybe("mean_ms", "ms", "Mean latency.", LatencyWindow::getMeanMs)
          .maybe(
              "jitter_ms",
              "ms",
              "Mean absolute difference of successive latencies.",
              LatencyWindow::getJitterMs)
          .maybe("min_ms", "ms", "Shortest latency.", LatencyWindow::getMinMs)
          .maybe("max_ms", "ms", "Longest latency.", LatencyWindow::getMaxMs)
          .maybe("p50_ms", "ms", "Median latency.", LatencyWindow::getP50Ms)
          .maybe("p90_ms", "ms", "90th percentile of latency.", LatencyWindow::getP90Ms)
          .maybe("p99_ms", "ms", "99th percentile of latency.", LatencyWindow::getP99Ms)
          .maybe("p999_ms", "ms", "99.9th percentile of latency.", LatencyWindow::getP999Ms)
          .number("sent", "", "Probes sent.", LatencyWindow::getSent)
          .maybe("loss_percent", "%", "Probes not answered.", LatencyWindow::getLossPercent)
          .maybe(
              "lost",
              "",
              "Probes not answered, counted.",
              window -> share(window.getSent(), window.getLossPercent()))
          .number(
              "requests", "", "Requests, or tries of a health check.", LatencyWindow::getRequests)
          .maybe("error_percent", "%", "Requests that failed.", LatencyWindow::getErrorPercent)
          .maybe(
              "failed",
              "",
              "Requests that failed, counted.",
              window -> share(window.getRequests(), window.getErrorPercent()))
          .number(
              "members",
              "",
              "Resources a roll-up is made of; 0 if none.",
              LatencyWindow::getMembers)
          .bool("final", "Whether this is the window's last word.", LatencyWindow::getIsFinal)
          .number(
              "window_seconds", "s", "Size of the window.", window -> window.getSizeMs() / 1_000.0)
          .build();

  private LatencySignal() {}

  /**
   * A window; its series is its size and source, such as {@code 10s/probes}, its label {@code
   * final} says whether more may come.
   */
  public static Observation of(LatencyWindow window) {
    return Observation.of(
        SignalKind.LATENCY,
        window.getResourceId(),
        window.getKind(),
        WindowSize.word(window.getSizeMs()) + source(window.getSource()),
        window.getService(),
        window.getTier(),
        WindowSize.labels(window.getIsFinal()),
        window.getLatestAt(),
        window.getLatestAt(),
        0,
        FIELDS.of(window));
  }

  private static String source(LatencySource source) {
    return switch (source) {
      case PROBES -> "/probes";
      case APPLICATION -> "/application";
      case UNSPECIFIED -> "/" + source.name().toLowerCase(Locale.ROOT);
    };
  }

  /** The window has the percentage of a count; the count itself is whole. */
  private static Double share(long of, Double percent) {
    return percent == null ? null : (double) Math.round(of * percent / 100);
  }
}
