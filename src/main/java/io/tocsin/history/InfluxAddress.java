package io.tocsin.history;

import io.tocsin.schemas.tls.ClientTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * History in InfluxDB. Each tier has a bucket of its own ({@code tocsin}, {@code tocsin_1m}, {@code
 * tocsin_1h}); in 1.x, a database and the retention policies of those names.
 *
 * @param url base URL
 * @param authorization value of the HTTP {@code Authorization} header; empty for none
 * @param organisation name of the organisation; ignored by 1.x
 * @param tls how it is known; null for http, or for authorities that Java knows
 * @param version 1 for {@code /write}, 2 for the v2 write API; questions are InfluxQL in both
 */
public record InfluxAddress(
    String url, ClientTls tls, String authorization, String organisation, int version)
    implements HistoryPlace {

  static final String DATABASE = "tocsin";

  /** One over http, or of an authority that Java knows. */
  public InfluxAddress(String url, String authorization, String organisation, int version) {
    this(url, null, authorization, organisation, version);
  }

  @Override
  public void prepare() throws HistoryException {
    InfluxBuckets.createMissing(this);
  }

  @Override
  public HistoryStore open() {
    return new InfluxHistory(this);
  }

  @Override
  public PointStore points() {
    return new InfluxPointStore(
        url, tls, authorization, organisation, InfluxAddress::bucket, version == 1);
  }

  @Override
  public List<BackupManifest.Entry> export(Path directory, Clock clock)
      throws HistoryException, IOException {
    return new InfluxExport(this, directory, clock).write();
  }

  /** The bucket of a table: that of its tier; what happened is kept as long as the hours. */
  static String bucket(String table) {
    return bucket(Tier.keeping(table));
  }

  static String bucket(Tier tier) {
    return DATABASE + tier.suffix();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "InfluxAddress[" + url + "]";
  }
}
