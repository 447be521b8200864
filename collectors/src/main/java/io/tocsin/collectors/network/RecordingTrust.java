package io.tocsin.collectors.network;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Notes what certificates a server shows and whether they are trusted, and lets the handshake go on
 * in any case, so that an expired certificate still has an expiry. For one handshake. Whoever uses
 * it sends nothing before looking at {@link #refusal}.
 */
final class RecordingTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager judge;
  private final Instant now;
  private X509Certificate[] chain = {};
  private CertificateException refusal;

  RecordingTrust(X509ExtendedTrustManager judge, Instant now) {
    this.judge = judge;
    this.now = now;
  }

  /** Why the certificates are not trusted; null when they are. */
  CertificateException refusal() {
    return refusal;
  }

  /** Days until the first certificate of the chain expires; null when none was shown. */
  Double daysLeft() {
    Double least = null;
    for (X509Certificate certificate : chain) {
      double days =
          Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds() / 86_400.0;
      least = least == null ? days : Math.min(least, days);
    }
    return least;
  }

  /** In words; that it has expired comes first, since the JDK may stumble over something else. */
  String why() {
    if (chain.length > 0 && chain[0].getNotAfter().toInstant().isBefore(now)) {
      return "the certificate of %s expired at %s"
          .formatted(
              chain[0].getSubjectX500Principal().getName(), chain[0].getNotAfter().toInstant());
    }
    return "the certificate is not trusted: " + Failures.said(refusal);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
    chain = shown.clone();
    try {
      judge.checkServerTrusted(shown, authType, socket);
      // The JDK takes a certificate that is itself trusted for good, whatever the date.
      shown[0].checkValidity(Date.from(now));
    } catch (CertificateException e) {
      refusal = e;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
      throws CertificateException {
    judge.checkServerTrusted(shown, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType)
      throws CertificateException {
    judge.checkServerTrusted(shown, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(shown, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(shown, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String authType)
      throws CertificateException {
    judge.checkClientTrusted(shown, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
