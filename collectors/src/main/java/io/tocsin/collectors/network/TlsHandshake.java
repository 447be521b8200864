package io.tocsin.collectors.network;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A full TLS handshake as a client. */
final class TlsHandshake {

  private TlsHandshake() {}

  /**
   * Shakes hands over an open connection. Each has a context of its own: a session resumed from the
   * one before would show no certificate and take less time.
   *
   * @param trust asked for the certificates, and whether they are this host's
   */
  static SSLSocket over(Socket socket, String host, int port, RecordingTrust trust)
      throws IOException {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(socket, name, port, false);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      // RFC 6066 knows neither addresses nor a dot at the end.
      if (host.indexOf(':') < 0 && !host.matches("[0-9.]+")) {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      }
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SSLException("no TLS from here: " + e.getMessage(), e);
    }
  }
}
