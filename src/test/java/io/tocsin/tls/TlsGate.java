package io.tocsin.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** What people put before a server that asks for less than they want: a certificate, an account. */
final class TlsGate implements AutoCloseable {

  private final HttpsServer server;
  private final ExecutorService threads;
  private final HttpClient behind;
  private final URI target;
  private final String expected;

  private TlsGate(
      HttpsServer server, ExecutorService threads, HttpClient behind, URI target, String expected) {
    this.server = server;
    this.threads = threads;
    this.behind = behind;
    this.target = target;
    this.expected = expected;
  }

  /**
   * Opens one.
   *
   * @param url what is behind it, which {@code believed} vouches for
   * @param clients whose certificates it wants
   * @param account {@code user:password}
   */
  static TlsGate before(
      String url,
      TestAuthority believed,
      TestAuthority.Issued shows,
      TestAuthority clients,
      String account)
      throws IOException {
    SSLContext context =
        new ServerTls(
                shows.certificate().toString(),
                SecretRef.in(shows.key()),
                clients.ca().toString(),
                null)
            .context();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters connection) {
            SSLParameters how = context.getDefaultSSLParameters();
            how.setNeedClientAuth(true);
            connection.setSSLParameters(how);
          }
        });
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    HttpClient behind =
        HttpClient.newBuilder()
            .sslContext(ClientTls.believing(believed.ca().toString()).context())
            .build();
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    TlsGate gate = new TlsGate(server, threads, behind, URI.create(url), expected);
    server.createContext("/", gate::pass);
    server.start();
    return gate;
  }

  String url() {
    return "https://localhost:" + server.getAddress().getPort() + target.getRawPath();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      if (type != null) {
        request.header("Content-Type", type);
      }
      HttpResponse<byte[]> answer = behind.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(is -> exchange.getResponseHeaders().set("Content-Type", is));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
