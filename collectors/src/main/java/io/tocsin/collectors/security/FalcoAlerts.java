package io.tocsin.collectors.security;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.SecurityEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What Falco saw, from the file that it appends to, from its posts, or both. An alert that comes
 * both ways counts once.
 */
final class FalcoAlerts implements Collector {

  private static final String NAME = "security/falco";

  /** Some thousands of alerts; the rest waits in the file. */
  private static final long MOST_PER_PASS = 4L * 1024 * 1024;

  private static final int REMEMBERED = 20_000;

  private final FalcoConfig config;
  private final Duration interval;
  private final FalcoReader reader;
  private final LongSupplier nanos;
  private final Inbox inbox;
  private final Mentions mentions;
  private final RecentIds reported = new RecentIds(REMEMBERED);
  private final FileTail tail;
  private final List<SecurityEvent.Builder> pending = new ArrayList<>();
  private FalcoListener listener;

  FalcoAlerts(
      SecurityConfig config, FalcoReader reader, String host, LongSupplier nanos, Clock clock) {
    this.nanos = nanos;
    this.config = config.falco();
    this.interval = config.interval();
    this.reader = reader;
    this.inbox = new Inbox(NAME, config.queueLimit());
    this.mentions = new Mentions(host, clock);
    boolean fromEnd = this.config.from() == FalcoConfig.From.END;
    this.tail =
        this.config.file() == null
            ? null
            : new FileTail(this.config.file(), fromEnd, FalcoReader.LONGEST, MOST_PER_PASS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public List<Resource> resources() {
    return mentions.list();
  }

  @Override
  public void open() throws CollectorException {
    if (config.listen() != null && listener == null) {
      listener = FalcoListener.open(config.listen(), reader, inbox, nanos);
    }
  }

  /** The port that it listens on; only while it does. */
  int port() {
    return listener.port();
  }

  @Override
  public Reading collect() throws CollectorException, InterruptedException {
    Set<Problem> problems = new LinkedHashSet<>();
    CollectorException unreadable = readFile(problems);
    if (listener != null) {
      listener.endSlowOnes();
    }
    pending.addAll(inbox.takeEvents());
    problems.addAll(inbox.takeProblems());
    if (unreadable != null && listener == null && pending.isEmpty() && problems.isEmpty()) {
      throw unreadable;
    }
    mentions.beginPass();
    Reading.Builder reading = Reading.builder();
    for (SecurityEvent.Builder event : pending) {
      if (reported.isNew(event.getId())) {
        reading.add(event);
        mentions.add(event);
      }
    }
    pending.clear();
    mentions.endPass();
    if (unreadable != null) {
      problems.add(unreadable.problem());
    }
    problems.forEach(reading::add);
    return reading.build();
  }

  /**
   * Null, or why the file could not be read. Lines go to {@code pending} at once: a pass that is
   * given up has read them, and the next one reports them.
   */
  private CollectorException readFile(Set<Problem> problems) throws InterruptedException {
    if (tail == null) {
      return null;
    }
    String where = config.file().toString();
    try {
      tail.read(
          line -> {
            try {
              pending.add(reader.read(line, where));
            } catch (CollectorException malformed) {
              problems.add(malformed.problem());
            }
          },
          problems::add);
      return null;
    } catch (CollectorException e) {
      return e;
    }
  }

  @Override
  public void close() {
    if (tail != null) {
      tail.close();
    }
    if (listener != null) {
      listener.close();
    }
  }
}
