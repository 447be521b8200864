package io.tocsin.config;

import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where {@code tocsin record} writes history and {@code tocsin history} reads it. Without it both
 * use the store of {@code tocsin up} on this machine, which always keeps its own.
 *
 * @param questdb a QuestDB; null for none
 * @param influxdb an InfluxDB; null for none
 * @param prices price book by which history is told what resources cost; null for none
 * @param maxSeries sets of tags that a table of figures may have; further ones are refused
 */
public record HistorySection(QuestDb questdb, InfluxDb influxdb, Path prices, Integer maxSeries) {

  /** Where nothing is written. */
  public static final HistorySection DEFAULT = new HistorySection(null, null, null, null);

  public HistorySection {
    maxSeries = maxSeries == null ? 100_000 : maxSeries;
  }

  /**
   * A QuestDB.
   *
   * @param url base URL of its HTTP server
   * @param sql {@code host:port} of the PostgreSQL wire
   * @param user the account
   * @param password where its password stands
   * @param ca PEM file of the authorities that it is believed by, at both its addresses, if {@code
   *     url} is https; null for those that Java knows
   * @param plainText whether the password may go through the network as it is
   */
  public record QuestDb(
      URI url, String sql, String user, SecretRef password, String ca, Boolean plainText) {

    public QuestDb {
      plainText = plainText != null && plainText;
    }
  }

  /**
   * An InfluxDB.
   *
   * @param url base URL
   * @param version 1 before 1.8, else 2
   * @param organisation its organisation; of no meaning to 1.x
   * @param token where its token stands; for 1.x, {@code user:password}; null for none
   * @param ca PEM file of the authorities that it is believed by, if {@code url} is https; null for
   *     those that Java knows
   * @param plainText whether the token may go through the network as it is
   */
  public record InfluxDb(
      URI url,
      Integer version,
      String organisation,
      SecretRef token,
      String ca,
      Boolean plainText) {

    public InfluxDb {
      version = version == null ? 2 : version;
      organisation = organisation == null ? "tocsin" : organisation;
      plainText = plainText != null && plainText;
    }
  }
}
