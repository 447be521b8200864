package io.tocsin.alerting.healing.execute.systemd;

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
 * Stands on a bus as {@code org.freedesktop.systemd1} and looks after real processes, one for each
 * service, with the answers, signals and error names of the real one.
 */
final class FakeSystemd implements Closeable {

  private static final String BUS = "org.freedesktop.DBus";
  private static final String SYSTEMD = "org.freedesktop.systemd1";
  private static final String PATH = "/org/freedesktop/systemd1";

  private final AbstractTransport transport;
  private final TransportConnection connection;
  private final MessageFactory messages;
  private final Map<String, Service> services = new ConcurrentHashMap<>();
  private boolean subscribed;
  private int jobs;

  /** A service and its process. */
  static final class Service {

    private final String[] argv;
    private volatile Process process;
    private volatile int reloads;
    private volatile String sub;
    private volatile String jobResult = "done";

    private Service(String... argv) {
      this.argv = argv;
    }

    private synchronized void start() throws IOException {
      if (!isRunning()) {
        process = new ProcessBuilder(argv).start();
      }
    }

    private synchronized void stop() {
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
    }

    boolean isRunning() {
      return process != null && process.isAlive();
    }

    long pid() {
      return isRunning() ? process.pid() : 0;
    }

    /** Its process dies, as if it had crashed. */
    void crash() {
      stop();
    }

    /** Shows this state from now on, such as {@code auto-restart}. */
    void show(String subState) {
      sub = subState;
    }

    /** Jobs end like this from now on, and do nothing. */
    void failJobs(String result) {
      jobResult = result;
    }

    @Override
    public String toString() {
      return pid() + " reloaded " + reloads;
    }
  }

  FakeSystemd(String address) throws DBusException, IOException {
    transport = TransportBuilder.create(address).configure().withAutoConnect(false).back().build();
    transport.connect();
    connection = transport.getTransportConnection();
    messages = connection.getMessageFactory();
    ask("Hello", null);
    ask("RequestName", "su", SYSTEMD, new UInt32(0));
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

  /** A service that is looked after from now on, started or not. */
  Service service(String name, boolean started) throws IOException {
    Service service = new Service("sleep", "600");
    if (started) {
      service.start();
    }
    services.put(name, service);
    return service;
  }

  /** Everything that an executor could change. */
  String state() {
    return services.toString();
  }

  private void serve() {
    try {
      while (true) {
        if (connection.getReader().readMessage() instanceof MethodCall call) {
          answer(call);
        }
      }
    } catch (IOException | DBusException closed) {
      // The test is over.
    }
  }

  private void answer(MethodCall call) throws DBusException, IOException {
    Object[] arguments = call.getParameters();
    switch (call.getName()) {
      case "Subscribe" -> {
        subscribed = true;
        send(messages.createMethodReturn(call, null));
      }
      case "GetUnit" -> {
        String name = String.valueOf(arguments[0]);
        send(
            services.containsKey(name)
                ? messages.createMethodReturn(call, "o", new DBusPath(path(name)))
                : unknown(call, name));
      }
      case "RestartUnit", "StartUnit", "ReloadUnit" -> job(call, String.valueOf(arguments[0]));
      default -> send(property(call, arguments));
    }
  }

  private void job(MethodCall call, String name) throws DBusException, IOException {
    if (name.equals("denied.service")) {
      send(error(call, BUS + ".Error.AccessDenied", "not you"));
      return;
    }
    Service service = services.get(name);
    if (service == null) {
      send(unknown(call, name));
      return;
    }
    if (call.getName().equals("ReloadUnit") && !service.isRunning()) {
      send(error(call, SYSTEMD + ".UnitInactive", name + " is not active, cannot reload."));
      return;
    }
    DBusPath job = new DBusPath(PATH + "/job/" + ++jobs);
    // Jobs of others end too, and ours may end before its number is known.
    removed(new DBusPath(PATH + "/job/999"), "other.service", "failed");
    boolean early = jobs % 2 == 0;
    if (!early) {
      send(messages.createMethodReturn(call, "o", job));
    }
    if (service.jobResult.equals("done")) {
      switch (call.getName()) {
        case "ReloadUnit" -> service.reloads++;
        case "StartUnit" -> service.start();
        default -> {
          service.stop();
          service.start();
        }
      }
    }
    removed(job, name, service.jobResult);
    if (early) {
      send(messages.createMethodReturn(call, "o", job));
    }
  }

  private void removed(DBusPath job, String unit, String result) throws DBusException, IOException {
    if (subscribed) {
      send(
          messages.createSignal(
              null,
              PATH,
              SYSTEMD + ".Manager",
              "JobRemoved",
              "uoss",
              new UInt32(jobs),
              job,
              unit,
              result));
    }
  }

  private Message property(MethodCall call, Object[] arguments) throws DBusException {
    String name = String.valueOf(arguments[1]);
    for (Map.Entry<String, Service> entry : services.entrySet()) {
      if (call.getPath().equals(path(entry.getKey()))) {
        Service service = entry.getValue();
        boolean runs = service.isRunning();
        Object value =
            switch (name) {
              case "LoadState" -> "loaded";
              case "ActiveState" -> service.sub != null ? "activating" : runs ? "active" : "failed";
              case "SubState" -> service.sub != null ? service.sub : runs ? "running" : "failed";
              case "Result" -> runs ? "success" : "exit-code";
              case "NRestarts" -> new UInt32(service.sub == null ? 0 : 4);
              case "Restart" -> "on-failure";
              default -> null;
            };
        if (value != null) {
          return messages.createMethodReturn(call, "v", new Variant<>(value));
        }
      }
    }
    return error(call, BUS + ".Error.UnknownProperty", name);
  }

  private Message unknown(MethodCall call, String name) throws DBusException {
    return error(call, SYSTEMD + ".NoSuchUnit", "Unit " + name + " not found.");
  }

  private Message error(MethodCall call, String name, String words) throws DBusException {
    return messages.createError(call.getSource(), name, call.getSerial(), "s", words);
  }

  private void send(Message message) throws DBusException, IOException {
    connection.getWriter().writeMessage(message);
  }

  private static String path(String name) {
    return PATH + "/unit/u" + Integer.toHexString(name.hashCode());
  }

  @Override
  public void close() throws IOException {
    services.values().forEach(Service::stop);
    connection.close();
    transport.close();
  }
}
