package io.tocsin.collectors.security;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Keeps its last events as a Docker daemon does, and tells them to whoever asks from then on. */
final class FakeDaemon implements DockerStream.Connection {

  private static final int KEPT = 256;

  private final Deque<Event> kept = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private ResultCallback<Event> callback;
  private boolean hangs;
  private int open;

  @Override
  public Closeable open(String since, ResultCallback<Event> to) {
    asked.add(since);
    open++;
    if (!hangs) {
      callback = to;
      to.onStart(() -> {});
      String[] time = since.split("\\.");
      long from = Long.parseLong(time[0]) * 1_000_000_000L + Long.parseLong(time[1]);
      kept.stream().filter(event -> event.getTimeNano() >= from).forEach(to::onNext);
    }
    return () -> open--;
  }

  /** From now on it takes connections and says nothing. */
  void hang() {
    hangs = true;
  }

  void recover() {
    hangs = false;
  }

  /** Something happens to a container. */
  void tell(long nanos, String action, String container) {
    Event event =
        new Event()
            .withType(EventType.CONTAINER)
            .withAction(action)
            .withTimenano(nanos)
            .withEventActor(
                new EventActor().withId(container).withAttributes(Map.of("name", container)));
    kept.add(event);
    if (kept.size() > KEPT) {
      kept.remove();
    }
    if (callback != null) {
      callback.onNext(event);
    }
  }

  /** The connection breaks; the daemon goes on. */
  void cut() {
    ResultCallback<Event> to = callback;
    callback = null;
    to.onError(new RuntimeException(new java.io.IOException("connection reset")));
  }

  /** It ends the connection and forgets what happened. */
  void restart() {
    ResultCallback<Event> to = callback;
    callback = null;
    kept.clear();
    to.onComplete();
  }

  /** From when on it was asked for events, oldest question first. */
  List<String> asked() {
    return asked;
  }

  /** Connections that nobody has ended. */
  int open() {
    return open;
  }
}
