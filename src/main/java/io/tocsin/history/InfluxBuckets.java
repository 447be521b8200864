package io.tocsin.history;

import com.influxdb.client.BucketsApi;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.InfluxQLQuery;
import com.influxdb.client.domain.Organization;
import com.influxdb.exceptions.InfluxException;
import java.util.List;

/** Makes the buckets of the tiers; in 1.x, the retention policies. */
final class InfluxBuckets {

  private InfluxBuckets() {}

  static void createMissing(InfluxAddress address) throws HistoryException {
    try (InfluxDBClient client = InfluxHttp.client(address)) {
      for (Tier tier : Tier.values()) {
        if (address.version() == 1) {
          policy(client, tier);
        } else {
          bucket(client, address, tier);
        }
      }
    } catch (InfluxException refused) {
      throw new HistoryException(
          "the buckets of history cannot be made at "
              + address.url()
              + ": "
              + refused.status()
              + " "
              + refused.getMessage(),
          refused);
    }
  }

  /** Both statements change nothing the second time. */
  private static void policy(InfluxDBClient client, Tier tier) {
    String policy =
        "RETENTION POLICY \"%s\" ON \"%s\" DURATION %dd REPLICATION 1%s"
            .formatted(
                InfluxAddress.bucket(tier),
                InfluxAddress.DATABASE,
                tier.retention().toDays(),
                tier == Tier.TEN_SECONDS ? " DEFAULT" : "");
    tell(client, "CREATE DATABASE \"" + InfluxAddress.DATABASE + "\"");
    tell(client, "CREATE " + policy);
    tell(client, "ALTER " + policy.replace(" REPLICATION 1", ""));
  }

  private static void tell(InfluxDBClient client, String statement) {
    client.getInfluxQLQueryApi().queryJSON(new InfluxQLQuery(statement, InfluxAddress.DATABASE));
  }

  private static void bucket(InfluxDBClient client, InfluxAddress address, Tier tier)
      throws HistoryException {
    BucketsApi buckets = client.getBucketsApi();
    BucketRetentionRules kept = new BucketRetentionRules();
    kept.setEverySeconds(Math.toIntExact(tier.retention().toSeconds()));
    Bucket there = buckets.findBucketByName(InfluxAddress.bucket(tier));
    if (there != null) {
      there.setRetentionRules(List.of(kept));
      buckets.updateBucket(there);
      return;
    }
    Organization organisation =
        client.getOrganizationsApi().findOrganizations().stream()
            .filter(each -> each.getName().equals(address.organisation()))
            .findFirst()
            .orElseThrow(
                () ->
                    new HistoryException(
                        address.url()
                            + " has no organisation "
                            + address.organisation()
                            + " that the token may see; correct history.influxdb.organisation",
                        null));
    buckets.createBucket(InfluxAddress.bucket(tier), kept, organisation);
  }
}
