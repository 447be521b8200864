package io.tocsin.collectors.health;

import io.tocsin.collectors.parts.RealPart;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A D-Bus of a test's own: the real daemon on a socket in a folder of the test. */
final class PrivateBus implements Closeable {

  private static final Path DAEMON = Path.of("/usr/bin/dbus-daemon");

  private final Path socket;
  private final Process daemon;

  /** Skips the test where there is no daemon. */
  PrivateBus(Path folder) throws IOException, InterruptedException {
    RealPart.need(
        "dbus-daemon", Files.isExecutable(DAEMON) ? Optional.empty() : Optional.of("install dbus"));
    socket = folder.resolve("bus");
    daemon =
        new ProcessBuilder(
                DAEMON.toString(), "--session", "--nofork", "--nopidfile", "--address=" + address())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("bus.log").toFile())
            .start();
    for (int look = 0; !listens(); look++) {
      if (look > 2_000 || !daemon.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("bus.log")));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** The file is there a moment before anybody listens on it: only a connection tells. */
  private boolean listens() {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return connection.isConnected();
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
    try {
      daemon.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(socket);
  }
}
