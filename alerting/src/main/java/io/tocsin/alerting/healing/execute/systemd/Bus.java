package io.tocsin.alerting.healing.execute.systemd;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.connections.transports.TransportBuilder;
import org.freedesktop.dbus.connections.transports.TransportConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;

/**
 * One connection to a D-Bus, used by one thread: a call is written and its answer read, and signals
 * that come in between are kept. The library's own connections keep half a dozen threads each for
 * what is not needed here. Blocks; an interrupt closes it and ends what is going on.
 */
final class Bus implements AutoCloseable {

  /** An error that the bus or the one called answered with. */
  static final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String name;

    private Refusal(String name, String words) {
      super(words, null, false, false);
      this.name = name;
    }

    /** The error's name on the bus, such as {@code org.freedesktop.DBus.Error.AccessDenied}. */
    String name() {
      return name;
    }
  }

  static final String NAME = "org.freedesktop.DBus";

  private static final String PATH = "/org/freedesktop/DBus";

  /** Or the bus would try to start whom we only ask for (D-Bus specification, message flags). */
  private static final byte NO_AUTO_START = 0x2;

  /** A bus that tells us of more than we asked for is not listened to for ever. */
  private static final int MOST_SIGNALS = 10_000;

  private final AbstractTransport transport;
  private final SocketChannel channel;
  private final TransportConnection connection;
  private final Deque<DBusSignal> signals = new ArrayDeque<>();

  /** Connects, authenticates as the user that we run as, and says hello. */
  Bus(String address) throws IOException, DBusException, Refusal {
    transport = TransportBuilder.create(address).configure().withAutoConnect(false).back().build();
    channel = transport.connect();
    connection = transport.getTransportConnection();
    try {
      call(NAME, PATH, NAME, "Hello", null);
    } catch (IOException | DBusException | Refusal | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The first value of an answer; null if there is none.
   *
   * @param signature of the arguments; null where there are none
   * @throws Refusal if the answer is an error
   */
  Object call(
      String destination,
      String path,
      String type,
      String member,
      String signature,
      Object... arguments)
      throws IOException, DBusException, Refusal {
    MethodCall call =
        connection
            .getMessageFactory()
            .createMethodCall(destination, path, type, member, NO_AUTO_START, signature, arguments);
    connection.getWriter().writeMessage(call);
    while (true) {
      Message message = connection.getReader().readMessage();
      if (message instanceof DBusSignal signal) {
        keep(signal);
      } else if (message != null && message.getReplySerial() == call.getSerial()) {
        Object[] values = message.getParameters();
        if (message instanceof Error) {
          throw new Refusal(message.getName(), values.length == 0 ? "" : String.valueOf(values[0]));
        }
        if (message instanceof MethodReturn) {
          return values.length == 0 ? null : values[0];
        }
      }
    }
  }

  private void keep(DBusSignal signal) throws IOException {
    if (signals.size() >= MOST_SIGNALS) {
      throw new IOException(
          "the bus sends more than " + MOST_SIGNALS + " signals nobody asked for");
    }
    signals.add(signal);
  }

  /** Asks for the signals that a rule describes. */
  void match(String rule) throws IOException, DBusException, Refusal {
    call(NAME, PATH, NAME, "AddMatch", "s", rule);
  }

  /** The next signal; waits for one. */
  DBusSignal signal() throws IOException, DBusException {
    while (signals.isEmpty()) {
      if (connection.getReader().readMessage() instanceof DBusSignal signal) {
        return signal;
      }
    }
    return signals.remove();
  }

  @Override
  public void close() {
    try (channel;
        transport) {
      connection.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
