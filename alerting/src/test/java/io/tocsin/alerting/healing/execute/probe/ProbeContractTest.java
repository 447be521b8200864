package io.tocsin.alerting.healing.execute.probe;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real HTTP server that counts looks. Trouble of a target is what this executor is asked about,
 * and no failure of its own: {@link ProbeExecutorTest} has it.
 */
class ProbeContractTest extends ExecutorContract {

  @Override
  protected ExecutorWorld world() throws IOException {
    return new World();
  }

  @Override
  protected Optional<ExecutorWorld> world(Trouble trouble) {
    return Optional.empty();
  }

  private static final class World implements ExecutorWorld {

    private final AtomicInteger looks = new AtomicInteger();
    private final HttpServer server;

    World() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            looks.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
    }

    @Override
    public ExecutorSpec spec() {
      return new ProbeSpec(2, Duration.ofMillis(10), Duration.ofSeconds(5));
    }

    @Override
    public String object() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
    }

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    public Object state() {
      return looks.get();
    }

    @Override
    public boolean compensates() {
      return false;
    }

    @Override
    public boolean adds() {
      return false;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
