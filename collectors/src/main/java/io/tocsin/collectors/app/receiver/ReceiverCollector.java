package io.tocsin.collectors.app.receiver;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.TokenFile;
import io.tocsin.collectors.app.mapping.FigureSource;
import io.tocsin.collectors.app.mapping.Inventory;
import io.tocsin.collectors.app.mapping.Mapper;
import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Listens for figures that others send, and hands on at each pass what has come since the last. A
 * figure without a time of its own gets the time at which its request was taken in.
 */
public final class ReceiverCollector implements Collector {

  private static final String NAME = "app/receiver";
  private static final int BACKLOG = 128;

  private final ReceiverConfig config;
  private final LongSupplier nanos;
  private final FigureQueue queue;
  private final Complaints complaints = new Complaints(NAME);
  private final Inventory inventory;
  private final Mapper mapper;
  private HttpServer server;
  private Workers workers;

  /**
   * One that does not listen yet.
   *
   * @param nanos a clock that only goes forward, for the time that a sender may take
   */
  public ReceiverCollector(
      ReceiverConfig config, List<MappingRule> rules, Clock clock, LongSupplier nanos) {
    this.config = config;
    this.nanos = nanos;
    this.queue = new FigureQueue(config.queueLimit(), clock);
    this.inventory = new Inventory(Duration.ZERO, clock);
    FigureSource source =
        new FigureSource(
            NAME,
            config.service(),
            config.tier(),
            config.keepUnmapped(),
            List.of("service", "service_name", "service.name"));
    this.mapper = new Mapper(rules, source, inventory, complaints);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  /** A full queue may take more than a short interval. */
  @Override
  public Duration deadline() {
    return config.interval().plusSeconds(1);
  }

  @Override
  public List<Resource> resources() {
    return inventory.resources();
  }

  @Override
  public void open() throws CollectorException {
    Token token = config.tokenFile() == null ? null : new Token(TokenFile.read(config.tokenFile()));
    try {
      server = server(new InetSocketAddress(config.address(), config.port()));
    } catch (IOException e) {
      throw new CollectorException(
          Reason.REFUSED,
          NAME,
          "cannot listen on %s port %d: %s; does something else? Set another port"
              .formatted(config.bind(), config.port(), e.getMessage()));
    }
    workers =
        new Workers(
            nanos,
            () ->
                complaints.add(
                    Reason.OVER_LIMIT, NAME, "too many senders at once; one was turned away"));
    server.setExecutor(workers);
    server.createContext("/", new Gate(token, config.bodyLimit(), queue, complaints));
    server.start();
  }

  private HttpServer server(InetSocketAddress address) throws IOException, CollectorException {
    if (config.tls() == null) {
      return HttpServer.create(address, BACKLOG);
    }
    SSLContext context;
    try {
      context = config.tls().context();
    } catch (IOException unusable) {
      throw new CollectorException(Reason.UNREADABLE, NAME, "tls: " + unusable.getMessage());
    }
    HttpsServer https = HttpsServer.create(address, BACKLOG);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters connection) {
            SSLParameters how = context.getDefaultSSLParameters();
            how.setProtocols(ServerTls.VERSIONS);
            how.setNeedClientAuth(config.tls().clientCa() != null);
            connection.setSSLParameters(how);
          }
        });
    return https;
  }

  /** The port it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public Reading collect() {
    for (int cut = workers.cutOff(config.requestTimeout()); cut > 0; cut--) {
      complaints.add(
          Reason.DEADLINE,
          NAME,
          "a sender took longer than %d ms for a request and was cut off"
              .formatted(config.requestTimeout().toMillis()));
    }
    Reading.Builder reading = Reading.builder();
    for (FigureQueue.Batch batch : queue.drain()) {
      for (Figure figure : batch.figures()) {
        mapper.map(figure, batch.at(), reading::add);
      }
    }
    complaints.drain().forEach(reading::add);
    return reading.build();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
      workers.shutdownNow();
    }
  }
}
