package io.tocsin.alerting.healing.execute.systemd;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.BoundedCalls;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.systemd.Bus.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.exceptions.DBusException;

/**
 * Asks systemd to do something with a unit, each time over a connection of its own: actions are
 * rare, and an interrupt of the thread that waits is what closes a connection that hangs.
 */
final class SystemdExecutor implements ActionExecutor {

  private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
  private static final int LONGEST_WORDS = 300;
  private static final String ERROR = "org.freedesktop.DBus.Error.";
  private static final String DONE = "done";

  private final SystemdSpec spec;
  private final String address;
  private final BoundedCalls calls = new BoundedCalls("tocsin-heal-systemd");

  SystemdExecutor(SystemdSpec spec) {
    this.spec = spec;
    address = spec.address();
  }

  /** What is done over a connection. */
  @FunctionalInterface
  private interface Work<T> {
    T with(Systemd systemd) throws IOException, DBusException, Refusal;
  }

  /** It could not be done; the message says why. */
  private static final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    Failure(String reason) {
      super(reason, null, false, false);
    }
  }

  /** How a job went, and how its unit stands after it. */
  private record JobEnd(String result, String words) {}

  @Override
  public TargetState look(Order order) throws InterruptedException {
    try {
      spec.checkObject(order.object());
      return within(LOOK_LIMIT, order.object(), systemd -> systemd.look(order.object()));
    } catch (Failure | IllegalArgumentException unseen) {
      return TargetState.of(PlainText.head("not seen: " + unseen.getMessage(), LONGEST_WORDS));
    }
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    String unit = order.object();
    try {
      spec.checkObject(unit);
      JobEnd end =
          within(
              order.timeout(),
              unit,
              systemd -> {
                String result = systemd.job(method(), unit);
                return new JobEnd(result, systemd.look(unit).words());
              });
      String reason = spec.title() + ": job " + end.result() + "; " + end.words();
      return end.result().equals(DONE) ? watch.succeeded(reason) : watch.failed(reason);
    } catch (Failure | IllegalArgumentException failed) {
      return watch.failed(failed.getMessage());
    }
  }

  private String method() {
    return switch (spec.operation()) {
      case RESTART -> "RestartUnit";
      case START -> "StartUnit";
      case RELOAD -> "ReloadUnit";
    };
  }

  private <T> T within(Duration limit, String unit, Work<T> work)
      throws Failure, InterruptedException {
    Path socket = Path.of(address.substring("unix:path=".length()));
    if (!Files.exists(socket)) {
      throw new Failure(
          "there is no D-Bus at " + socket + ": start it, or set bus to where it listens");
    }
    try {
      return calls.call(
          () -> {
            try (Bus bus = new Bus(address)) {
              return work.with(new Systemd(bus));
            }
          },
          limit);
    } catch (TimeoutException late) {
      throw new Failure(
          "no answer about %s over %s within %d ms; systemd may do it yet"
              .formatted(unit, address, limit.toMillis()));
    } catch (ExecutionException failed) {
      throw new Failure(words(unit, failed.getCause()));
    }
  }

  private String words(String unit, Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return switch (refusal.name()) {
        case ERROR + "AccessDenied", ERROR + "InteractiveAuthorizationRequired" ->
            "the responder's user may not do that to "
                + unit
                + ": give it a polkit rule for this unit";
        case ERROR + "ServiceUnknown", ERROR + "NameHasNoOwner" ->
            "systemd is not on the bus at " + address;
        default -> unit + ": " + refusal.name() + ": " + refusal.getMessage();
      };
    }
    return "the bus at " + address + " could not be used: " + cause;
  }

  @Override
  public void close() {
    calls.close();
  }
}
