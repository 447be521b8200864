package io.tocsin.alerting.healing.execute.systemd;

import io.tocsin.alerting.healing.execute.RealPart;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A D-Bus of a test's own: the real daemon on a socket in a folder of the test. */
final class PrivateBus implements Closeable {

  private final Path socket;
  private final Process daemon;

  /** Skips the test where there is no daemon. */
  PrivateBus(Path folder) throws IOException, InterruptedException {
    RealPart.needProgram("dbus-daemon", "dbus");
    socket = folder.resolve("bus");
    daemon =
        new ProcessBuilder(
                "dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + address())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("bus.log").toFile())
            .start();
    // The socket is there before anybody listens on it.
    for (int look = 0; !answers(); look++) {
      if (look > 3_000 || !daemon.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("bus.log")));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  String address() {
    return "unix:path=" + socket;
  }

  @Override
  public void close() throws IOException {
    daemon.destroyForcibly();
    Files.deleteIfExists(socket);
  }
}
