package io.tocsin.collectors.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.docker.DockerSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A Docker daemon. It is asked for the list of its containers, and for one container only when the
 * list says that something about it has changed: the list's {@code Status} holds the state, the
 * health and, less and less exactly, how long ago it was entered.
 *
 * <p>It is asked without docker-java, which reads an answer however long it is, and needs some 16
 * MB of memory where the whole of this package needs 3.
 */
final class DockerDaemon implements Refresher.Engine {

  private static final String LIST = "/containers/json?all=1";
  private static final long LONGEST_LIST = 16 << 20;
  private static final long LONGEST_ANSWER = 1 << 20;
  private static final int MOST_CONTAINERS = 5_000;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private record Known(String status, DockerState state) {}

  private final DockerSocket socket;
  private final LabelRules labels;
  private Map<String, Known> known = Map.of();

  /** Does not connect yet. */
  DockerDaemon(DockerSocket socket, LabelRules labels) {
    this.socket = socket;
    this.labels = labels;
  }

  @Override
  public String name() {
    return "Docker at " + socket.path();
  }

  @Override
  public Roster ask(LongSupplier now, long deadline) throws CollectorException {
    long askedAt = now.getAsLong();
    if (!socket.isThere()) {
      throw new CollectorException(
          Reason.MISSING,
          name(),
          "is not there, so containers have no names; start it, set docker-socket, or docker: false");
    }
    List<DockerEntry> entries = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    get(
        LIST,
        LONGEST_LIST,
        now,
        deadline,
        body -> {
          JsonItems.each(body, name(), item -> add(item, entries, problems));
          return null;
        });
    Map<String, Known> states = new HashMap<>();
    Map<String, Described> containers = new HashMap<>();
    for (DockerEntry entry : entries) {
      Known before = known.get(entry.id());
      boolean fresh =
          before != null && before.status().equals(entry.status()) && !entry.mayBeAnother();
      Known state = fresh ? before : inspected(entry, before, now, deadline, problems);
      if (state != null) {
        states.put(entry.id(), state);
      }
      DockerState its = state == null ? DockerState.of(entry) : state.state();
      containers.put(entry.id(), entry.describe(its, labels));
    }
    known = states;
    return new Roster(askedAt, containers, Set.of(), problems);
  }

  private void add(JsonNode item, List<DockerEntry> entries, List<Problem> problems) {
    if (entries.size() >= MOST_CONTAINERS) {
      problems.add(
          new Problem(
              Reason.OVER_LIMIT, name(), "lists more than " + MOST_CONTAINERS + " containers"));
      return;
    }
    DockerEntry.of(item)
        .ifPresentOrElse(
            entries::add,
            () ->
                problems.add(
                    new Problem(Reason.MALFORMED, name(), "lists a container that has no id")));
  }

  /** Null where only the list says something, because time is up or the container is gone. */
  private Known inspected(
      DockerEntry entry, Known before, LongSupplier now, long deadline, List<Problem> problems)
      throws CollectorException {
    if (now.getAsLong() - deadline > 0) {
      problems.add(
          new Problem(
              Reason.DEADLINE,
              name(),
              "is too slow to be asked for every container; some states are older"));
      return null;
    }
    try {
      JsonNode answer =
          get(
              "/containers/" + entry.id() + "/json",
              LONGEST_ANSWER,
              now,
              deadline,
              body -> JsonItems.one(body, name()));
      return answer == null ? null : new Known(entry.status(), DockerState.of(answer));
    } catch (CollectorException failure) {
      problems.add(failure.problem());
      return before;
    }
  }

  @FunctionalInterface
  private interface Body<T> {
    T read(InputStream body) throws CollectorException;
  }

  /** Null if there is no such thing. */
  private <T> T get(String path, long limit, LongSupplier now, long deadline, Body<T> reader)
      throws CollectorException {
    try (UnixHttp answer = new UnixHttp(socket.path(), path, now, deadline)) {
      if (answer.status() == NOT_FOUND && !path.equals(LIST)) {
        return null;
      }
      if (answer.status() != OK) {
        throw new CollectorException(
            Reason.REFUSED, name(), "answers with status " + answer.status());
      }
      return reader.read(new BoundedBody(answer.body(), limit, now, deadline));
    } catch (ProtocolException nonsense) {
      throw new CollectorException(Reason.MALFORMED, name(), nonsense.getMessage());
    } catch (SocketTimeoutException slow) {
      throw new CollectorException(Reason.DEADLINE, name(), slow.getMessage());
    } catch (IOException failed) {
      boolean refused = String.valueOf(failed.getMessage()).contains("ermission denied");
      throw new CollectorException(
          refused ? Reason.REFUSED : Reason.UNREADABLE,
          name(),
          Words.clean("does not answer: " + failed.getMessage(), 300));
    }
  }
}
