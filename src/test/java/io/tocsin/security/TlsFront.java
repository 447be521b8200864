package io.tocsin.security;

import io.tocsin.embedded.Ports;
import io.tocsin.tls.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS in front of a server that has none, as a proxy in front of a registry has it. */
final class TlsFront implements AutoCloseable {

  private static final char[] NO_PASSWORD = {};

  private final int behind;
  private final SSLServerSocket server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "tls-front");
            thread.setDaemon(true);
            return thread;
          });

  TlsFront(TestAuthority.Issued own, int behind) throws Exception {
    this.behind = behind;
    this.server =
        (SSLServerSocket)
            context(own)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName(Ports.LOOPBACK));
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private static SSLContext context(TestAuthority.Issued own) throws Exception {
    Certificate certificate;
    try (InputStream pem = Files.newInputStream(own.certificate())) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
    String key = Files.readString(own.key()).replaceAll("-----[A-Z ]+-----", "");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
        NO_PASSWORD,
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void accept() {
    try {
      while (true) {
        connect(server.accept());
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  /** Who is behind may be away for a moment, which is no end of this. */
  private void connect(Socket front) throws IOException {
    try {
      Socket back = new Socket(Ports.LOOPBACK, behind);
      threads.execute(() -> pump(front, back));
      threads.execute(() -> pump(back, front));
    } catch (IOException away) {
      front.close();
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // one of both has hung up, which ends the other as well
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
