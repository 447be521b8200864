package io.tocsin.schemas.topic;

import io.tocsin.schemas.secret.SecretProvider;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * How a stage shows a cluster who it is, and makes sure that the cluster is the right one: TLS
 * always, with a certificate of its own (mTLS), or an account by SCRAM-SHA-512, or both. Holds
 * places of secrets and no secrets, so that it may be printed and travel.
 *
 * @param ca PEM file of the authorities that brokers and registry are believed by; null for those
 *     that Java knows
 * @param certificate PEM file of the stage's own certificate and those that it hangs on; null for
 *     none
 * @param key the key that belongs to it: PKCS #8, PEM, not encrypted; null if there is no
 *     certificate
 * @param user name of the account at the brokers; null for none
 * @param password the password that belongs to it; null if there is no account
 * @param registry account at the schema registry; null for none
 */
public record ClusterSecurity(
    String ca,
    String certificate,
    SecretRef key,
    String user,
    SecretRef password,
    RegistryAccount registry)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** As JAAS and SCRAM take them, and with nothing in them that would have to be quoted. */
  private static final String USER = "[A-Za-z0-9._-]{1,128}";

  /**
   * Checks that what belongs together is there together.
   *
   * @throws IllegalArgumentException saying what is missing
   */
  public ClusterSecurity {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "certificate and key belong together: write both, or none");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("user and password belong together: write both, or none");
    }
    if (user != null && !user.matches(USER)) {
      throw new IllegalArgumentException(
          "user may have letters, digits and . _ - only, and no more than 128 of them");
    }
  }

  /**
   * An account at the schema registry, by HTTP's basic authentication.
   *
   * @param user its name
   * @param password its password
   */
  public record RegistryAccount(String user, SecretRef password) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks that both are there.
     *
     * @throws IllegalArgumentException if one is missing
     */
    public RegistryAccount {
      if (user == null || password == null || user.contains(":")) {
        throw new IllegalArgumentException("write user, without a colon in it, and password");
      }
    }
  }

  /** Settings of Kafka's clients; secrets in them are references that each client resolves. */
  Map<String, Object> kafka() {
    Map<String, Object> settings = new HashMap<>(SecretProvider.settings());
    settings.put("security.protocol", user == null ? "SSL" : "SASL_SSL");
    if (ca != null) {
      settings.put("ssl.truststore.type", "PEM");
      settings.put("ssl.truststore.certificates", contents(ca));
    }
    if (certificate != null) {
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", contents(certificate));
      settings.put("ssl.keystore.key", SecretProvider.reference(key));
    }
    if (user != null) {
      settings.put("sasl.mechanism", "SCRAM-SHA-512");
      settings.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
              .formatted(user, SecretProvider.quotedReference(password)));
    }
    return settings;
  }

  private static String contents(String file) {
    return SecretProvider.reference(SecretRef.in(Path.of(file)));
  }

  /** How the schema registry is known, and what is shown to it. */
  public ClientTls registryTls() {
    return new ClientTls(ca, certificate, key);
  }

  /**
   * Headers by which the account at the registry is shown, a secret in them: to be made where the
   * client is made, and thrown away. A header, because the client finds what it has for accounts by
   * a list of services, which not every packing of it has.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Map<String, String> registryHeaders() throws IOException {
    if (registry == null) {
      return Map.of();
    }
    String account = registry.user() + ":" + registry.password().read();
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
  }
}
