package io.tocsin.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAuthorityTest {

  @TempDir private Path directory;

  private static X509Certificate read(Path pem) throws Exception {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void itsCertificatesHangOnItAndSayForWhom() throws Exception {
    TestAuthority authority = new TestAuthority(directory, "root");

    X509Certificate server = read(authority.localServer("api").certificate());
    X509Certificate client = read(authority.client("web-1").certificate());

    X509Certificate ca = read(authority.ca());
    server.verify(ca.getPublicKey());
    client.verify(ca.getPublicKey());
    server.checkValidity();
    assertThat(server.getSubjectAlternativeNames()).hasSize(2);
    assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=web-1");
  }

  @Test
  void oneThatExpiredDid() throws Exception {
    TestAuthority authority = new TestAuthority(directory, "root");

    X509Certificate old = read(authority.expired("old", "localhost").certificate());

    assertThatThrownBy(old::checkValidity).isInstanceOf(CertificateExpiredException.class);
  }
}
