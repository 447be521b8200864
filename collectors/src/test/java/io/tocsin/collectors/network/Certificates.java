package io.tocsin.collectors.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Self-signed certificates that the JDK's keytool makes for a test. */
final class Certificates {

  private static final char[] PASSWORD = "for-this-test".toCharArray();

  private final Path store;

  private Certificates(Path store) {
    this.store = store;
  }

  /**
   * Makes one.
   *
   * @param names subject alternative names, as keytool takes them
   * @param start of its validity, as keytool takes it
   */
  static Certificates make(Path folder, String names, String start, int days) throws Exception {
    Path store = Files.createTempDirectory(folder, "certificate").resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // Where clocks are put forward, some days have 23 hours.
                "-J-Duser.timezone=UTC",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "server",
                "-dname",
                "CN=server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-ext",
                "san=" + names,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException("keytool made no certificate");
    }
    return new Certificates(store);
  }

  private KeyStore load() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  /** For a server that shows it. */
  SSLContext context() throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(load(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** For a client that trusts it. */
  Path pem() throws Exception {
    String encoded =
        Base64.getMimeEncoder().encodeToString(load().getCertificate("server").getEncoded());
    return Files.writeString(
        store.resolveSibling("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
  }
}
