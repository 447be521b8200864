package io.tocsin.collectors.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for 127.0.0.1 that nobody else has signed, made by the JDK's keytool.
 *
 * @param certificate in PEM
 * @param keys with what a server needs to show it
 */
record SelfSigned(Path certificate, KeyManagerFactory keys) {

  private static final String PASSWORD = "for-tests-only";

  static SelfSigned in(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = Files.createTempFile(folder, "keys", ".p12");
    Path certificate = Path.of(store + ".pem");
    Files.delete(store);
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "server",
        "-dname",
        "CN=" + store.getFileName(),
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keyStore.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore, PASSWORD.toCharArray());
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        certificate,
        "-----BEGIN CERTIFICATE-----\n"
            + lines.encodeToString(keyStore.getCertificate("server").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    return new SelfSigned(certificate, keys);
  }

  SSLContext server() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1");
    command.command().addAll(List.of(arguments));
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
