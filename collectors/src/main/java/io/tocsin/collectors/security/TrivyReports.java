package io.tocsin.collectors.security;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.SecurityEvent;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Trivy found, from the reports in a folder. One report is read at a time and its findings go
 * out in portions, so that neither a large report nor a full folder takes much memory at once. A
 * finding that was reported before, by another report on the same artifact say, is not reported
 * again. After the findings of a report comes an event that tells of the scan as a whole.
 */
final class TrivyReports implements Collector {

  /** Findings in one reading: a report of many goes out over several. */
  private static final int PORTION = 2_000;

  private static final int REMEMBERED = 100_000;
  private static final Duration LONGEST_PASS = Duration.ofSeconds(30);

  private final TrivyConfig config;
  private final Severities severities;
  private final Clock clock;
  private final ReportFolder folder;
  private final Mentions mentions;
  private final RecentIds reported = new RecentIds(REMEMBERED);
  private final Deque<SecurityEvent.Builder> waiting = new ArrayDeque<>();

  TrivyReports(TrivyConfig config, Severities severities, Clock clock) {
    this.config = config;
    this.severities = severities;
    this.clock = clock;
    this.folder = new ReportFolder(config.folder(), config.fileLimitMib() * 1024L * 1024L, clock);
    this.mentions = new Mentions(null, clock);
  }

  @Override
  public String name() {
    return "security/trivy";
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  /** A report of 256 MiB is not read within a short interval. */
  @Override
  public Duration deadline() {
    return config.interval().compareTo(LONGEST_PASS) < 0 ? LONGEST_PASS : config.interval();
  }

  @Override
  public List<Resource> resources() {
    return mentions.list();
  }

  @Override
  public Reading collect() throws CollectorException, InterruptedException {
    Set<Problem> problems = new LinkedHashSet<>();
    mentions.beginPass();
    if (waiting.isEmpty()) {
      for (ReportFolder.Report report : folder.ready(problems::add)) {
        read(report, problems);
        if (waiting.size() >= PORTION) {
          break;
        }
      }
    }
    Reading.Builder reading = Reading.builder();
    for (int i = 0; i < PORTION && !waiting.isEmpty(); i++) {
      SecurityEvent.Builder event = waiting.remove();
      reading.add(event);
      mentions.add(event);
    }
    mentions.endPass();
    problems.forEach(reading::add);
    return reading.build();
  }

  private void read(ReportFolder.Report report, Set<Problem> problems) throws InterruptedException {
    boolean isLast = folder.isLastAttempt(report);
    TrivyParser parser =
        new TrivyParser(folder.shown(report.name()), severities, config.findingsLimit());
    // Bytes that are no UTF-8 become U+FFFD: they must not cost the rest of the report.
    try (SeekableByteChannel channel =
            Files.newByteChannel(
                report.path(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        Reader text =
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8)) {
      TrivyReport parsed = parser.parse(text);
      for (SecurityEvent.Builder event : parsed.events(clock.instant())) {
        if (reported.isNew(event.getId())) {
          waiting.add(event);
        }
      }
      if (parsed.isCutShort() && !isLast) {
        return;
      }
      folder.done(report);
      if (!parsed.artifact().isEmpty()) {
        waiting.add(parsed.scan(clock.instant()));
      }
      problems.addAll(parsed.problems());
    } catch (ClosedByInterruptException givenUp) {
      throw new InterruptedException("reading " + report.name());
    } catch (IOException e) {
      problems.add(
          new Problem(
              Reason.UNREADABLE,
              folder.shown(report.name()),
              "it cannot be read: " + e.getMessage()));
    }
  }
}
