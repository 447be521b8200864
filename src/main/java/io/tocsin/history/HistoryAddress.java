package io.tocsin.history;

/**
 * Where history is kept.
 *
 * @param writeUrl base URL of an InfluxDB v2 write API
 * @param authorization value of the HTTP {@code Authorization} header for it
 * @param jdbcUrl SQL over the PostgreSQL wire protocol
 * @param user name for SQL
 * @param password password for SQL
 */
public record HistoryAddress(
    String writeUrl, String authorization, String jdbcUrl, String user, String password) {

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "HistoryAddress[" + writeUrl + ", " + jdbcUrl + "]";
  }
}
