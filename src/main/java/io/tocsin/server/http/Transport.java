package io.tocsin.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.tls.ServerTls;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What a port speaks: HTTP as it is, or over TLS by a certificate that is read again when it
 * changes. Where callers have to show a certificate too, one that does not hold ends the handshake,
 * and whoever shows none is told so, but where the configuration leaves health or metrics open.
 * Whoever does not speak TLS to a port that does is told that, too; nothing else is answered.
 */
public final class Transport {

  private static final int UPGRADE = 426;

  /** Where a servlet finds what the other end has shown (Servlet 6.0, 3.9). */
  private static final String SHOWN = "jakarta.servlet.request.X509Certificate";

  private final ServerTls tls;
  private final SSLContext context;
  private final MeterRegistry meters;

  private Transport(ServerTls tls, SSLContext context, MeterRegistry meters) {
    this.tls = tls;
    this.context = context;
    this.meters = meters;
  }

  /** HTTP as it is. */
  public static Transport plain() {
    return new Transport(null, null, null);
  }

  /**
   * What the configuration says.
   *
   * @param tls null for none
   * @param meters count who is turned away
   * @throws IllegalArgumentException naming the file that cannot be used, and why
   */
  public static Transport of(ServerTls tls, MeterRegistry meters) {
    try {
      return tls == null ? plain() : new Transport(tls, tls.context(), meters);
    } catch (IOException unusable) {
      throw new IllegalArgumentException("tls: " + unusable.getMessage(), unusable);
    }
  }

  /** {@code http} or {@code https}, as addresses begin. */
  public String scheme() {
    return ServerTls.scheme(tls);
  }

  /**
   * Makes a server speak it. Has to come before what else looks at requests, and after the host is
   * set.
   */
  public void speak(JavalinConfig config) {
    if (tls == null) {
      return;
    }
    config.jetty.addConnector((server, http) -> connector(config, server, http));
    if (tls.clientCa() != null) {
      config.routes.before(this::requireCertificate);
    }
  }

  private Connector connector(JavalinConfig config, Server server, HttpConfiguration common) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context);
    factory.setIncludeProtocols(ServerTls.VERSIONS);
    factory.setWantClientAuth(tls.clientCa() != null);
    HttpConfiguration http = new HttpConfiguration(common);
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    secure.setSniHostCheck(false); // names are HttpGuard's to compare; and probes ask by address
    http.addCustomizer(secure);
    http.addCustomizer(
        (request, answer) -> {
          if (!request.isSecure()) {
            refused("plain-text");
            throw new HttpException.RuntimeException(
                UPGRADE, "this port speaks TLS only: write https");
          }
          return request;
        });
    HttpConnectionFactory over = new HttpConnectionFactory(http);
    SslConnectionFactory ssl = new SslConnectionFactory(factory, over.getProtocol());
    ServerConnector connector =
        new ServerConnector(server, new DetectorConnectionFactory(ssl), over);
    connector.setHost(config.jetty.host);
    connector.setPort(config.jetty.port);
    connector.addBean(
        new SslHandshakeListener() {
          @Override
          public void handshakeFailed(Event event, Throwable why) {
            refused("handshake");
          }
        });
    return connector;
  }

  private void refused(String reason) {
    meters.counter("tocsin.server.refused", "reason", reason).increment();
  }

  private void requireCertificate(Context request) {
    if (request.req().getAttribute(SHOWN) == null
        && opening(request.path()).filter(tls.open()::contains).isEmpty()) {
      refused("certificate");
      HttpGuard.problem(
          request,
          HttpStatus.FORBIDDEN,
          "show a certificate of an authority that tls.client-ca names; Tocsin's commands do by"
              + " --certificate and --key");
      request.skipRemainingHandlers();
    }
  }

  private static Optional<ServerTls.Open> opening(String path) {
    if (path.startsWith("/health/")) {
      return Optional.of(ServerTls.Open.HEALTH);
    }
    return path.equals("/metrics") ? Optional.of(ServerTls.Open.METRICS) : Optional.empty();
  }
}
