package io.tocsin.schemas.secret;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Lets settings of Kafka's clients name a secret instead of holding it, so that settings can be
 * printed, and travel with a Flink job, without telling it: {@code ${tocsin:file:/run/secrets/pw}}
 * and {@code ${tocsin:env:PASSWORD}}. {@code quoted-file} and {@code quoted-env} give the text as
 * it has to stand between the double quotes of a JAAS setting. Kafka makes one for each client.
 */
public final class SecretProvider implements ConfigProvider {

  /** Under which name the settings know it. */
  static final String NAME = "tocsin";

  private static final String QUOTED = "quoted-";

  /** For Kafka, which makes it by its name. */
  public SecretProvider() {}

  /** The settings without which a client does not know this provider. */
  public static Map<String, Object> settings() {
    return Map.of(
        "config.providers",
        NAME,
        "config.providers." + NAME + ".class",
        SecretProvider.class.getName());
  }

  /** What a setting says instead of the secret. */
  public static String reference(SecretRef secret) {
    return reference("", secret);
  }

  /** The same, for use between the double quotes of a JAAS setting. */
  public static String quotedReference(SecretRef secret) {
    return reference(QUOTED, secret);
  }

  private static String reference(String form, SecretRef secret) {
    return secret.file() == null
        ? "${%s:%senv:%s}".formatted(NAME, form, secret.env())
        : "${%s:%sfile:%s}".formatted(NAME, form, secret.file());
  }

  /**
   * Reads secrets.
   *
   * @param path {@code file} or {@code env}, with or without {@code quoted-}
   * @param keys files, or names of environment variables
   * @throws ConfigException naming the place, never the secret, if there is none to be read
   */
  @Override
  public ConfigData get(String path, Set<String> keys) {
    Map<String, String> secrets = new HashMap<>();
    boolean quoted = path.startsWith(QUOTED);
    String place = quoted ? path.substring(QUOTED.length()) : path;
    for (String key : keys) {
      String secret = read(place.equals("env") ? new SecretRef(null, key) : file(place, key));
      secrets.put(key, quoted ? secret.replace("\\", "\\\\").replace("\"", "\\\"") : secret);
    }
    return new ConfigData(secrets);
  }

  private static SecretRef file(String place, String key) {
    if (!place.equals("file")) {
      throw new ConfigException("a secret stands in a file or in env, not in " + place);
    }
    return new SecretRef(key, null);
  }

  private static String read(SecretRef place) {
    try {
      return place.read();
    } catch (IOException unreadable) {
      throw new ConfigException(place + " cannot be read: " + unreadable);
    }
  }

  @Override
  public ConfigData get(String path) {
    return new ConfigData(Map.of()); // nobody needs all secrets of a place
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
