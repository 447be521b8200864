package io.tocsin.alerting.healing.execute.haproxy;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.haproxy.HaproxySpec.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns traffic away from a server, or back to it. The last server of a backend that gets traffic
 * is never taken away: it is looked at before, and after; should somebody else have taken the
 * others away meanwhile, what was done is undone at once.
 */
final class HaproxyExecutor implements ActionExecutor {

  private static final Duration LOOK_WITHIN = Duration.ofMillis(1900);

  /**
   * A server that leaves maintenance counts as up until its first check fails, so it has to stay up
   * for longer than HAProxy's default interval between checks, which is 2 s.
   */
  private static final Duration SETTLE = Duration.ofMillis(2500);

  /** Beyond the order's time, within the second by which a timeout may be missed. */
  private static final Duration UNDO_WITHIN = Duration.ofMillis(800);

  private static final int LONGEST_WORDS = 300;

  private final HaproxySpec spec;
  private final Duration undoWithin;
  private final RuntimeApi api;

  HaproxyExecutor(HaproxySpec spec) {
    this(spec, UNDO_WITHIN);
  }

  /** For tests: one that has as long as that to put back what it has begun. */
  HaproxyExecutor(HaproxySpec spec, Duration undoWithin) {
    this.spec = spec;
    this.undoWithin = undoWithin;
    this.api = new RuntimeApi(spec.socket(), spec.tcp());
  }

  @Override
  public TargetState look(Order order) throws InterruptedException {
    try {
      spec.checkObject(order.object());
    } catch (IllegalArgumentException hostile) {
      return TargetState.of(PlainText.head("not seen: " + hostile.getMessage(), LONGEST_WORDS));
    }
    ServerName name = ServerName.of(order.object());
    Backend backend = new Backend(api, name.backend(), Stopwatch.start(), LOOK_WITHIN);
    try {
      List<Server> servers = backend.servers();
      Server server = Backend.find(servers, name);
      Map<String, String> facts = new HashMap<>();
      put(facts, "", server);
      if (spec.to() != null) {
        put(facts, "to.", Backend.find(servers, ServerName.of(spec.to())));
      }
      String words =
          "%s, %s; %d other servers of %s get traffic"
              .formatted(
                  server.words(),
                  backend.traffic(name).words(),
                  Backend.usableBeside(servers, name),
                  name.backend());
      boolean isTaken = server.isInMaintenance() && spec.operation() != Operation.READY;
      return new TargetState(
          PlainText.head(words, LONGEST_WORDS),
          facts,
          isTaken ? Optional.of("it is in maintenance: somebody has taken it") : Optional.empty());
    } catch (IOException cannot) {
      return TargetState.of(PlainText.head("not seen: " + cannot.getMessage(), LONGEST_WORDS));
    }
  }

  private static void put(Map<String, String> facts, String prefix, Server server) {
    facts.put(prefix + "state", server.state());
    facts.put(prefix + "weight", Integer.toString(server.weight()));
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
    } catch (IllegalArgumentException hostile) {
      return watch.failed(hostile.getMessage());
    }
    ServerName name = ServerName.of(order.object());
    Backend backend = new Backend(api, name.backend(), watch, order.timeout());
    try {
      return switch (spec.operation()) {
        case READY -> ready(backend, name, watch);
        case DRAIN, MAINT -> takeAway(backend, name, spec.operation().word(), watch);
        case WEIGHT -> weigh(backend, name, watch);
        case SWITCH -> change(backend, name, ServerName.of(spec.to()), watch);
      };
    } catch (IOException cannot) {
      return watch.failed(name + ": " + cannot.getMessage());
    }
  }

  private static ActionOutcome ready(Backend backend, ServerName name, Stopwatch watch)
      throws IOException, InterruptedException {
    Server now = backend.setState(name, "ready");
    return now.isInMaintenance()
        ? watch.failed(now.words() + ": that is not for the runtime API to change")
        : watch.succeeded(now.words());
  }

  private ActionOutcome takeAway(Backend backend, ServerName name, String state, Stopwatch watch)
      throws IOException, InterruptedException {
    List<Server> servers = backend.servers();
    Server before = Backend.find(servers, name);
    if (Backend.usableBeside(servers, name) == 0) {
      return watch.failed(theLastOne(name));
    }
    Server now = backend.setState(name, state);
    long others = Backend.usableBeside(backend.servers(), name);
    if (others == 0) {
      undoing(name).setState(name, before.state());
      return watch.failed(
          name
              + ": every other server went away meanwhile, so it was set back to "
              + before.state());
    }
    return watch.succeeded(
        "%s; %s; %d others get its traffic"
            .formatted(now.words(), backend.traffic(name).words(), others));
  }

  private ActionOutcome weigh(Backend backend, ServerName name, Stopwatch watch)
      throws IOException, InterruptedException {
    List<Server> servers = backend.servers();
    Server before = Backend.find(servers, name);
    if (spec.weight() == 0 && Backend.usableBeside(servers, name) == 0) {
      return watch.failed(theLastOne(name));
    }
    Server now = backend.setWeight(name, spec.weight());
    if (spec.weight() == 0 && Backend.usableBeside(backend.servers(), name) == 0) {
      undoing(name).setWeight(name, before.weight());
      return watch.failed(
          name + ": every other server went away meanwhile, so its weight was set back");
    }
    return watch.succeeded(now.words() + ", was " + before.weight());
  }

  private ActionOutcome change(Backend backend, ServerName from, ServerName to, Stopwatch watch)
      throws IOException, InterruptedException {
    List<Server> servers = backend.servers();
    Backend.find(servers, from);
    Server before = Backend.find(servers, to);
    try {
      backend.setState(to, "ready");
      if (spec.weight() != null) {
        backend.setWeight(to, spec.weight());
      }
      if (before.isInMaintenance() && !backend.traffic(to).check().isEmpty()) {
        Thread.sleep(SETTLE.toMillis());
      }
      backend.await(to, Server::isUsable, "get traffic");
    } catch (IOException notUp) {
      return watch.failed(
          "%s does not take over, %s stays: %s; %s"
              .formatted(to, from, notUp.getMessage(), backAgain(to, before)));
    }
    return takeAway(backend, from, "drain", watch);
  }

  private String backAgain(ServerName to, Server before) throws InterruptedException {
    Backend backend = undoing(to);
    try {
      backend.setWeight(to, before.weight());
      backend.setState(to, before.state());
      return to + " was set back";
    } catch (IOException cannot) {
      return to + " could not be set back: " + cannot.getMessage();
    }
  }

  /** The order's time may be over; what was begun is put back all the same. */
  private Backend undoing(ServerName name) {
    return new Backend(api, name.backend(), Stopwatch.start(), undoWithin);
  }

  private static String theLastOne(ServerName name) {
    return "%s is left alone: no other server of %s gets traffic".formatted(name, name.backend());
  }

  @Override
  public Optional<ActionOutcome> compensate(Order order, TargetState before)
      throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
    } catch (IllegalArgumentException hostile) {
      return Optional.of(watch.failed(hostile.getMessage()));
    }
    ServerName name = ServerName.of(order.object());
    Backend backend = new Backend(api, name.backend(), watch, order.timeout());
    return Optional.of(new SetBack(spec, backend, watch).run(name, before.facts()));
  }

  @Override
  public void close() {
    api.close();
  }
}
