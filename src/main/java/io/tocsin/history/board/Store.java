package io.tocsin.history.board;

import io.tocsin.history.Tier;

/** What Grafana reads from. */
public enum Store {
  /** QuestDB over the PostgreSQL wire: the embedded one, or one elsewhere. */
  QUESTDB,
  /** InfluxDB 2 and 3. */
  INFLUXDB,
  /** InfluxDB 1.x, where a tier is a retention policy. */
  INFLUXDB1;

  private static final String NAME = "tocsin";

  Dialect dialect() {
    return this == QUESTDB ? new QuestDbDialect() : new InfluxDialect(this == INFLUXDB1);
  }

  /** Grafana's id of the kind of data source. */
  String type() {
    return this == QUESTDB ? "grafana-postgresql-datasource" : "influxdb";
  }

  /** Uid of the data source of a tier, as {@code provisioning/datasources} has it. */
  String source(Tier tier) {
    return switch (this) {
      case QUESTDB -> "tocsin-questdb";
      case INFLUXDB -> "tocsin-influxdb" + ending(tier);
      case INFLUXDB1 -> "tocsin-influxdb";
    };
  }

  /** The bucket, or retention policy, of a tier. */
  static String bucket(Tier tier) {
    return NAME + ending(tier).replace('-', '_');
  }

  private static String ending(Tier tier) {
    return switch (tier) {
      case TEN_SECONDS -> "";
      case MINUTE -> "-1m";
      case HOUR -> "-1h";
    };
  }
}
