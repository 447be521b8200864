package io.tocsin.alerting.healing.execute.systemd;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.PlainText;
import java.util.regex.Pattern;

/**
 * Something that systemd is asked to do with a unit.
 *
 * @param operation what
 * @param bus {@code system} (default), {@code session}, or an address such as {@code
 *     unix:path=/run/dbus/system_bus_socket}
 */
public record SystemdSpec(Operation operation, String bus) implements ExecutorSpec {

  /** What can be asked for. */
  public enum Operation {
    /** Stop it and start it again; also starts what is stopped. */
    RESTART,
    /** Start what is stopped. */
    START,
    /** Let it read its configuration again. */
    RELOAD
  }

  /** The names of systemd.unit(5) with the types that can be started; escapes are {@code \x2d}. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?!.{256})[A-Za-z0-9_]([A-Za-z0-9:_.@-]|\\\\x[0-9a-f]{2})*"
              + "\\.(service|socket|target|timer|path|mount|automount|swap)");

  private static final Pattern ADDRESS = Pattern.compile("unix:path=(/[-0-9A-Za-z_/.]+)");
  private static final String SYSTEM = "unix:path=/run/dbus/system_bus_socket";

  /**
   * Fills in the defaults and checks what can be checked before it is needed.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public SystemdSpec {
    require(operation != null, "operation is missing: restart, start or reload");
    bus = bus == null ? "system" : bus;
    require(
        bus.equals("system") || bus.equals("session") || ADDRESS.matcher(bus).matches(),
        "bus must be system, session or look like " + SYSTEM + ", not " + PlainText.head(bus, 100));
  }

  /** The bus as an address; that of the session is where systemd puts it for the user we run as. */
  String address() {
    return switch (bus) {
      case "system" -> SYSTEM;
      case "session" -> {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        yield "unix:path=" + (runtime == null ? "/XDG_RUNTIME_DIR-is-not-set" : runtime) + "/bus";
      }
      default -> bus;
    };
  }

  @Override
  public String kind() {
    return "systemd";
  }

  @Override
  public String title() {
    return switch (operation) {
      case RESTART -> "systemd restart";
      case START -> "systemd start";
      case RELOAD -> "systemd reload";
    };
  }

  @Override
  public boolean isDisruptive() {
    return operation == Operation.RESTART;
  }

  @Override
  public void checkObject(String object) {
    require(
        UNIT.matcher(object).matches(),
        "'%s' is no unit's name with its suffix, such as shop.service"
            .formatted(PlainText.head(object, 100)));
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new SystemdExecutor(this);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
