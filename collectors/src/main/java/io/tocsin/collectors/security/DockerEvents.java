package io.tocsin.collectors.security;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.docker.DockerSocket;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.SecurityEvent;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the Docker daemon says happens to containers and images, from the moment the collector is
 * made. The client's thread reads the stream and looks containers up; a pass only takes what has
 * come, so that a daemon that hangs makes no pass late.
 */
final class DockerEvents implements Collector {

  private static final String NAME = "security/docker";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How the daemon is reached. */
  record Daemon(
      String where,
      BooleanSupplier isThere,
      DockerStream.Connection connection,
      ContainerLookup lookup) {}

  private final Duration interval;
  private final Daemon daemon;
  private final Inbox inbox;
  private final Mentions mentions;
  private final DockerStream stream;

  DockerEvents(
      SecurityConfig config,
      String host,
      Severities severities,
      Inbox inbox,
      Daemon daemon,
      LongSupplier nanos,
      Clock clock) {
    this.interval = config.interval();
    this.daemon = daemon;
    this.inbox = inbox;
    this.mentions = new Mentions(host, clock);
    DockerEventReader reader = new DockerEventReader(host, severities, daemon.lookup());
    this.stream =
        new DockerStream(
            daemon.where(),
            daemon.connection(),
            host,
            event -> take(event, reader, inbox),
            inbox::problem,
            nanos,
            clock);
  }

  /**
   * A defect costs one event; it must not end the stream, which would begin with that one again.
   */
  private static void take(Event event, DockerEventReader reader, Inbox inbox) {
    try {
      reader.read(event).ifPresent(inbox::offer);
    } catch (RuntimeException defect) {
      inbox.problem(
          new Problem(Reason.INTERNAL, NAME, "an event could not be understood: " + defect));
    }
  }

  /** One that reads from the configured socket. */
  static DockerEvents of(SecurityConfig config, String host, Severities severities, Clock clock) {
    DockerSocket socket = new DockerSocket(config.docker().socket());
    Inbox inbox = new Inbox(NAME, config.queueLimit());
    Daemon daemon =
        new Daemon(
            socket.path().toString(),
            socket::isThere,
            (since, callback) -> connect(socket, since, callback),
            new DockerInspector(() -> socket.client(PATIENCE), System::nanoTime, inbox::problem));
    return new DockerEvents(config, host, severities, inbox, daemon, System::nanoTime, clock);
  }

  private static Closeable connect(
      DockerSocket socket, String since, ResultCallback<Event> callback) {
    DockerClient client = socket.client(PATIENCE);
    // Does not wait: what goes wrong from here on comes by the callback.
    client
        .eventsCmd()
        .withSince(since)
        .withEventTypeFilter(EventType.CONTAINER, EventType.IMAGE, EventType.VOLUME)
        .exec(callback);
    return client;
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
  public Reading collect() throws CollectorException {
    List<Problem> problems = new ArrayList<>();
    daemon.lookup().endSlowCall();
    if (daemon.isThere().getAsBoolean()) {
      stream.tend().ifPresent(problems::add);
    } else {
      problems.add(
          new Problem(
              Reason.MISSING,
              daemon.where(),
              "there is no such socket; start Docker, or set security.docker.enabled to false where"
                  + " there is none"));
    }
    boolean isDeaf = !problems.isEmpty();
    Collection<SecurityEvent.Builder> events = inbox.takeEvents();
    problems.addAll(inbox.takeProblems());
    mentions.beginPass();
    Reading.Builder reading = Reading.builder();
    for (SecurityEvent.Builder event : events) {
      reading.add(event);
      mentions.add(event);
      if (event.getAction().equals(DockerAction.DESTROY.key())) {
        mentions.leaves(event.getResourceId());
      }
    }
    mentions.endPass();
    if (isDeaf && events.isEmpty() && problems.size() == 1) {
      throw new CollectorException(problems.get(0));
    }
    problems.forEach(reading::add);
    return reading.build();
  }

  @Override
  public void close() {
    stream.close();
    daemon.lookup().close();
  }
}
