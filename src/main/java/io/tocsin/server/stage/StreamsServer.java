package io.tocsin.server.stage;

import static io.tocsin.server.http.HttpGuard.problem;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.tls.TlsTrouble;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Transport;
import io.tocsin.streams.topology.InstanceState;
import io.tocsin.streams.topology.StateAnswer;
import io.tocsin.streams.topology.TopologyMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * What an instance of the streams answers over HTTP: the current windows of any resource, asked of
 * whichever instance has them; its health, metrics and topology. Nothing here changes anything.
 */
public final class StreamsServer implements AutoCloseable {

  private static final int THREADS = 10;
  private static final int LONGEST_ID = 512;

  private final String instance;
  private final String host;
  private final StreamsSource streams;
  private final TopologyMap topology;
  private final PrometheusMeterRegistry meters;
  private final Transport transport;
  private final OtherInstances others;
  private final Javalin javalin;

  /**
   * A server; {@link #start} opens its port.
   *
   * @param instance name of the instance, for its answers
   * @param host name or address it listens on and answers to, beside those of loopback
   * @param transport what it speaks there
   * @param others how it asks those that have what it has not
   */
  public StreamsServer(
      String instance,
      String host,
      Transport transport,
      OtherInstances others,
      StreamsSource streams,
      TopologyMap topology,
      PrometheusMeterRegistry meters) {
    this.instance = instance;
    this.host = host;
    this.transport = transport;
    this.others = others;
    this.streams = streams;
    this.topology = topology;
    this.meters = meters;
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    StageRoutes.listen(config, host, transport, THREADS);
    config.jsonMapper(
        new JavalinJackson(
            JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build(),
            false));
    StageRoutes.operate(
        config,
        host,
        meters,
        "/state/<resource>, /instance, /topology, /health/live, /health/ready and /metrics");
    config.routes.get("/state/<resource>", this::state);
    config.routes.get("/instance", context -> context.json(streams.instance()));
    config.routes.get("/topology", this::topology);
    config.routes.get("/health/ready", this::ready);
  }

  private void state(Context context) {
    String resource = context.pathParam("resource");
    if (!isId(resource)) {
      problem(
          context,
          HttpStatus.BAD_REQUEST,
          "this is no resource id; ask for one such as /state/host/web-1");
      return;
    }
    StateAnswer answer = streams.state(resource);
    if (answer instanceof StateAnswer.Known known) {
      context.json(StateView.of(known.windows(), instance));
    } else if (answer instanceof StateAnswer.Unknown) {
      problem(
          context,
          HttpStatus.NOT_FOUND,
          "no sample of this resource has arrived, or none for so long that it was forgotten");
    } else if (answer instanceof StateAnswer.NotNow notNow) {
      later(context, notNow.why());
    } else if (context.header(OtherInstances.PASSED_ON) != null) {
      later(context, "the instances do not agree yet on who has it");
    } else {
      passOn(context, resource, (StateAnswer.Elsewhere) answer);
    }
  }

  private void passOn(Context context, String resource, StateAnswer.Elsewhere owner) {
    try {
      OtherInstances.Answer answer = others.ask(owner.host(), owner.port(), resource);
      context.status(answer.status()).result(answer.body()).contentType(answer.contentType());
    } catch (IOException gone) {
      later(
          context,
          "the instance at "
              + owner.host()
              + ":"
              + owner.port()
              + " has it and does not answer"
              + TlsTrouble.of(gone).map(why -> ": " + why).orElse(""));
    }
  }

  private static void later(Context context, String why) {
    HttpGuard.later(context, 1, why + "; ask again in a second");
  }

  /** It becomes part of a path when it is passed on, so steps that a path resolves are refused. */
  private static boolean isId(String resource) {
    return resource.length() <= LONGEST_ID
        && resource.codePoints().noneMatch(Character::isISOControl)
        && Arrays.stream(resource.split("/", -1)).noneMatch(Set.of("", ".", "..")::contains);
  }

  private void topology(Context context) {
    String as = context.queryParam("as");
    if (as == null || as.equals("text")) {
      context.result(topology.text());
    } else if (as.equals("dot")) {
      context.contentType("text/vnd.graphviz").result(topology.dot());
    } else if (as.equals("json")) {
      context.json(topology);
    } else {
      problem(context, HttpStatus.BAD_REQUEST, "the one parameter is as=text, as=dot or as=json");
    }
  }

  private void ready(Context context) {
    InstanceState now = streams.instance();
    context.status(now.running() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).json(now);
  }

  /**
   * Opens the port.
   *
   * @param port 0 for any free one
   * @return the port
   * @throws io.javalin.util.JavalinBindException if it is taken
   */
  public int start(int port) {
    javalin.start(host, port);
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
