package io.tocsin.alerting.healing.execute.systemd;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.systemd.Bus.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.Variant;

/** What systemd is asked and told, over one connection. */
final class Systemd {

  private static final String NAME = "org.freedesktop.systemd1";
  private static final String PATH = "/org/freedesktop/systemd1";
  private static final String MANAGER = NAME + ".Manager";
  private static final String UNIT = NAME + ".Unit";
  private static final int LONGEST = 300;
  private static final int LONGEST_WORD = 60;

  /** In JobRemoved: id, job, unit, result. */
  private static final int JOB_REMOVED_VALUES = 4;

  private final Bus bus;

  Systemd(Bus bus) {
    this.bus = bus;
  }

  /** How a unit stands. */
  TargetState look(String unit) throws IOException, DBusException, Refusal {
    String path;
    try {
      path = String.valueOf(manager("GetUnit", "s", unit));
    } catch (Refusal refusal) {
      if (refusal.name().equals(NAME + ".NoSuchUnit")) {
        return TargetState.of(PlainText.head(unit + " is not loaded", LONGEST));
      }
      throw refusal;
    }
    String active = word(property(path, UNIT, "ActiveState"));
    String sub = word(property(path, UNIT, "SubState"));
    String load = word(property(path, UNIT, "LoadState"));
    String result = word(optional(path, own(unit), "Result"));
    String restarts = word(optional(path, own(unit), "NRestarts"));
    StringBuilder words = new StringBuilder("%s is %s (%s)".formatted(unit, active, sub));
    if (!load.equals("loaded")) {
      words.append(", ").append(load);
    }
    if (!result.isEmpty() && !result.equals("success")) {
      words.append(", result ").append(result);
    }
    if (!restarts.isEmpty() && !restarts.equals("0")) {
      words.append(", restarted by systemd ").append(restarts).append(" times");
    }
    return new TargetState(
        PlainText.head(words.toString(), LONGEST), Map.of(), owner(path, unit, sub));
  }

  private Optional<String> owner(String path, String unit, String sub)
      throws IOException, DBusException {
    if (sub.startsWith("auto-restart")) {
      String restart = word(optional(path, own(unit), "Restart"));
      return Optional.of("systemd restarts it itself (Restart=" + restart + ")");
    }
    // A struct of the job's number and path; number 0 is none.
    Object job = optional(path, UNIT, "Job");
    Object number = job instanceof Object[] struct && struct.length > 0 ? struct[0] : null;
    return number instanceof Number id && id.longValue() != 0
        ? Optional.of("systemd has a job for it under way (" + id + ")")
        : Optional.empty();
  }

  /**
   * Has a job done and waits for its end.
   *
   * @param method of the manager, such as {@code RestartUnit}
   * @return systemd's word for how it went, {@code done} if well
   */
  String job(String method, String unit) throws IOException, DBusException, Refusal {
    // systemd sends no signals unless somebody has said that he listens.
    bus.match(
        "type='signal',sender='%s',interface='%s',member='JobRemoved',path='%s'"
            .formatted(NAME, MANAGER, PATH));
    manager("Subscribe", null);
    String job = String.valueOf(manager(method, "ss", unit, "replace"));
    while (true) {
      DBusSignal signal = bus.signal();
      if (!signal.getName().equals("JobRemoved")) {
        continue;
      }
      Object[] values = signal.getParameters();
      if (values.length >= JOB_REMOVED_VALUES && String.valueOf(values[1]).equals(job)) {
        return word(values[3]);
      }
    }
  }

  private Object manager(String method, String signature, Object... arguments)
      throws IOException, DBusException, Refusal {
    return bus.call(NAME, PATH, MANAGER, method, signature, arguments);
  }

  private Object property(String path, String type, String name)
      throws IOException, DBusException, Refusal {
    Object value = bus.call(NAME, path, Bus.NAME + ".Properties", "Get", "ss", type, name);
    return value instanceof Variant<?> variant ? variant.getValue() : value;
  }

  /** A property that only some types and versions have; null where it is missing. */
  private Object optional(String path, String type, String name) throws IOException, DBusException {
    try {
      return property(path, type, name);
    } catch (Refusal missing) {
      return null;
    }
  }

  /** The interface of the unit's type, such as {@code …Service}. */
  private static String own(String unit) {
    String type = unit.substring(unit.lastIndexOf('.') + 1);
    return NAME + '.' + Character.toUpperCase(type.charAt(0)) + type.substring(1);
  }

  private static String word(Object value) {
    return value == null ? "" : PlainText.head(String.valueOf(value), LONGEST_WORD);
  }
}
