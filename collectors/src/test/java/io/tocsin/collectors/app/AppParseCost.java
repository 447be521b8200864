package io.tocsin.collectors.app;

import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.collectors.app.influx.LineProtocol;
import io.tocsin.collectors.app.influx.Precision;
import io.tocsin.collectors.app.mapping.DefaultRules;
import io.tocsin.collectors.app.mapping.FigureSource;
import io.tocsin.collectors.app.mapping.Inventory;
import io.tocsin.collectors.app.mapping.Mapper;
import io.tocsin.collectors.app.prometheus.Exposition;
import io.tocsin.collectors.app.prometheus.Lines;
import io.tocsin.schemas.Tier;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Prints how many lines of line protocol and how many series of an exposition one CPU second reads,
 * without and with the mapping to measurements. The last round is a warm JVM.
 */
final class AppParseCost {

  private static final int LINES = 50_000;

  private AppParseCost() {}

  public static void main(String[] args) {
    byte[] lineProtocol = lineProtocol();
    byte[] exposition = exposition();
    TextCache texts = new TextCache();
    Mapper mapper = mapper();
    Instant now = Clock.systemUTC().instant();
    for (int round = 0; round < 8; round++) {
      measure("line protocol, parse", () -> influx(lineProtocol, texts, null, now));
      measure("line protocol, parse and map", () -> influx(lineProtocol, texts, mapper, now));
      measure("exposition, parse", () -> prometheus(exposition, texts, null, now));
      measure("exposition, parse and map", () -> prometheus(exposition, texts, mapper, now));
    }
  }

  private static void measure(String what, Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    work.run();
    double seconds = (threads.getCurrentThreadCpuTime() - began) / 1e9;
    System.out.printf("%-30s %,12.0f lines per CPU second%n", what, LINES / seconds);
  }

  private static void influx(byte[] body, TextCache texts, Mapper mapper, Instant now) {
    new LineProtocol(
            Precision.NANOSECONDS,
            texts,
            figure -> {
              if (mapper != null) {
                mapper.map(figure, now, measurement -> {});
              }
            },
            (line, what) -> {
              throw new IllegalStateException(line + ": " + what);
            })
        .read(body, body.length);
  }

  private static void prometheus(byte[] body, TextCache texts, Mapper mapper, Instant now) {
    Exposition parser =
        new Exposition(
            "cost",
            false,
            LINES,
            texts,
            figure -> {
              if (mapper != null) {
                mapper.map(figure, now, measurement -> {});
              }
            },
            new Complaints("cost"));
    Lines lines = new Lines(65_536, parser);
    lines.feed(body, 0, body.length);
    parser.finish(lines.finish());
  }

  private static Mapper mapper() {
    Clock clock = Clock.systemUTC();
    return new Mapper(
        DefaultRules.ALL,
        new FigureSource("cost", "cost", Tier.UNSPECIFIED, true, List.of("service")),
        new Inventory(Duration.ZERO, clock),
        new Complaints("cost"));
  }

  private static byte[] lineProtocol() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      body.append("cpu,host=web-").append(i % 100).append(",cpu=cpu").append(i % 16);
      body.append(" usage_idle=").append(i / 7.0).append(",procs=").append(i).append("i ");
      body.append(1_767_268_800_000_000_000L + i).append('\n');
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] exposition() {
    StringBuilder body = new StringBuilder("# TYPE http_requests_total counter\n");
    for (int i = 0; i < LINES; i++) {
      body.append("http_requests_total{method=\"GET\",code=\"200\",path=\"/p").append(i % 1000);
      body.append("\",instance=\"i").append(i / 1000).append("\"} ").append(i * 3L).append(".5\n");
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
