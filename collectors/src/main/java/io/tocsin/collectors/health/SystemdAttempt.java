package io.tocsin.collectors.health;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.health.BusConnection.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.Variant;

/** Asks systemd for the state of a unit, over a connection that is kept for as long as it works. */
final class SystemdAttempt implements Attempt {

  private static final String SYSTEMD = "org.freedesktop.systemd1";
  private static final String ERROR = "org.freedesktop.DBus.Error.";
  private static final String UNIT = SYSTEMD + ".Unit";

  private final Target.Systemd target;
  private final BoundedCall bounded;
  private volatile BusConnection kept;

  SystemdAttempt(Target.Systemd target) {
    this.target = target;
    this.bounded = new BoundedCall("tocsin-systemd-" + target.unit());
  }

  @Override
  public Verdict make(Duration patience) throws InterruptedException {
    Path socket = Path.of(target.address().substring("unix:path=".length()));
    if (!Files.exists(socket)) {
      return problem(Problem.Reason.MISSING, "there is no D-Bus here");
    }
    boolean answered = false;
    try {
      Verdict verdict = bounded.call(this::ask, patience);
      answered = true;
      return verdict;
    } catch (TimeoutException e) {
      return problem(
          Problem.Reason.DEADLINE, "no answer within %d ms".formatted(patience.toMillis()));
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } finally {
      if (!answered) {
        letGo();
      }
    }
  }

  private Verdict ask() throws IOException, DBusException, Refusal {
    BusConnection bus = kept;
    if (bus != null) {
      try {
        return ask(bus);
      } catch (IOException stale) {
        // The bus was restarted, which says nothing about the unit.
        letGo();
      }
    }
    bus = new BusConnection(target.address());
    kept = bus;
    return ask(bus);
  }

  private Verdict ask(BusConnection bus) throws IOException, DBusException, Refusal {
    Object path;
    try {
      path =
          bus.call(
              SYSTEMD,
              "/org/freedesktop/systemd1",
              SYSTEMD + ".Manager",
              "GetUnit",
              "s",
              target.unit());
    } catch (Refusal refusal) {
      if (refusal.name().equals(SYSTEMD + ".NoSuchUnit")) {
        return Verdict.wrong(target.unit() + " is not loaded");
      }
      throw refusal;
    }
    String unit = String.valueOf(path);
    String own = ownInterface();
    return new UnitState(
            target.unit(),
            text(bus, unit, UNIT, "LoadState"),
            text(bus, unit, UNIT, "ActiveState"),
            text(bus, unit, UNIT, "SubState"),
            optional(bus, unit, own, "Result") instanceof String result ? result : null,
            optional(bus, unit, own, "NRestarts") instanceof Number restarts
                ? Long.valueOf(restarts.longValue())
                : null)
        .verdict();
  }

  /** The interface of the unit's type, such as {@code …Service}. */
  private String ownInterface() {
    String type = target.unit().substring(target.unit().lastIndexOf('.') + 1);
    return SYSTEMD + '.' + Character.toUpperCase(type.charAt(0)) + type.substring(1);
  }

  private static String text(BusConnection bus, String path, String type, String name)
      throws IOException, DBusException, Refusal {
    return String.valueOf(property(bus, path, type, name));
  }

  /** A property that only some types and versions have; null where it is missing. */
  private static Object optional(BusConnection bus, String path, String type, String name)
      throws IOException, DBusException {
    try {
      return property(bus, path, type, name);
    } catch (Refusal missing) {
      return null;
    }
  }

  private static Object property(BusConnection bus, String path, String type, String name)
      throws IOException, DBusException, Refusal {
    Object value =
        bus.call(SYSTEMD, path, "org.freedesktop.DBus.Properties", "Get", "ss", type, name);
    return value instanceof Variant<?> variant ? variant.getValue() : value;
  }

  private Verdict failed(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return switch (refusal.name()) {
        case ERROR + "AccessDenied" ->
            problem(Problem.Reason.REFUSED, "the agent's user may not ask systemd");
        case ERROR + "ServiceUnknown", ERROR + "NameHasNoOwner" ->
            problem(Problem.Reason.MISSING, "systemd is not on this bus");
        default -> problem(Problem.Reason.UNREADABLE, "systemd answered with " + refusal.name());
      };
    }
    return problem(Problem.Reason.UNREADABLE, "the bus could not be used: " + Failure.said(cause));
  }

  private Verdict problem(Problem.Reason reason, String what) {
    return Verdict.unknown(new Problem(reason, target.address(), what));
  }

  private void letGo() {
    BusConnection bus = kept;
    kept = null;
    if (bus != null) {
      bus.close();
    }
  }

  @Override
  public void close() {
    bounded.close();
    letGo();
  }
}
