package io.tocsin.collectors.health;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.connections.transports.TransportBuilder;
import org.freedesktop.dbus.connections.transports.TransportConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * Stands on a bus as {@code org.freedesktop.systemd1} and says of units what a test wants, with the
 * error names of the real one, which the library's exported objects cannot give.
 */
final class FakeSystemd implements Closeable {

  private static final String BUS = "org.freedesktop.DBus";
  private static final String UNITS = "/org/freedesktop/systemd1/unit/";

  private final AbstractTransport transport;
  private final TransportConnection connection;
  private final MessageFactory messages;
  private final Map<String, Map<String, Object>> units = new ConcurrentHashMap<>();

  FakeSystemd(String address) throws DBusException, IOException {
    transport = TransportBuilder.create(address).configure().withAutoConnect(false).back().build();
    transport.connect();
    connection = transport.getTransportConnection();
    messages = connection.getMessageFactory();
    ask("Hello", null);
    ask("RequestName", "su", "org.freedesktop.systemd1", new UInt32(0));
    Thread thread = new Thread(this::serve, "fake-systemd");
    thread.setDaemon(true);
    thread.start();
  }

  private void ask(String member, String signature, Object... arguments)
      throws DBusException, IOException {
    MethodCall call =
        messages.createMethodCall(
            BUS, "/org/freedesktop/DBus", BUS, member, (byte) 0, signature, arguments);
    connection.getWriter().writeMessage(call);
    Message answer;
    do {
      answer = connection.getReader().readMessage();
    } while (!(answer instanceof MethodReturn) || answer.getReplySerial() != call.getSerial());
  }

  /** A service and what it is like from now on. */
  void service(String name, String active, String sub, String result, int restarts) {
    unit(
        name,
        Map.of(
            "LoadState", "loaded",
            "ActiveState", active,
            "SubState", sub,
            "Result", result,
            "NRestarts", new UInt32(restarts)));
  }

  /** A unit of any type. */
  void unit(String name, Map<String, Object> properties) {
    units.put(name, properties);
  }

  private void serve() {
    try {
      while (true) {
        if (connection.getReader().readMessage() instanceof MethodCall call) {
          connection.getWriter().writeMessage(answer(call));
        }
      }
    } catch (IOException | DBusException closed) {
      // The test is over.
    }
  }

  private Message answer(MethodCall call) throws DBusException {
    Object[] arguments = call.getParameters();
    if (call.getName().equals("GetUnit")) {
      String name = String.valueOf(arguments[0]);
      if (name.equals("denied.service")) {
        return error(call, BUS + ".Error.AccessDenied", "not you");
      }
      return units.containsKey(name)
          ? messages.createMethodReturn(call, "o", new DBusPath(UNITS + hex(name)))
          : error(call, "org.freedesktop.systemd1.NoSuchUnit", "Unit " + name + " not loaded.");
    }
    String type = String.valueOf(arguments[0]);
    String name = String.valueOf(arguments[1]);
    for (Map.Entry<String, Map<String, Object>> unit : units.entrySet()) {
      boolean own = name.equals("Result") || name.equals("NRestarts");
      if (call.getPath().equals(UNITS + hex(unit.getKey()))
          && unit.getValue().containsKey(name)
          && own != type.endsWith(".Unit")) {
        return messages.createMethodReturn(call, "v", new Variant<>(unit.getValue().get(name)));
      }
    }
    return error(call, BUS + ".Error.UnknownProperty", name);
  }

  private Message error(MethodCall call, String name, String words) throws DBusException {
    return messages.createError(call.getSource(), name, call.getSerial(), "s", words);
  }

  private static String hex(String name) {
    return "u" + Integer.toHexString(name.hashCode());
  }

  @Override
  public void close() throws IOException {
    connection.close();
    transport.close();
  }
}
