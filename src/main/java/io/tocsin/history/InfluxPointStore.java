package io.tocsin.history;

import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.write.Point;
import com.influxdb.exceptions.InfluxException;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;

/** Points over the InfluxDB v2 write API. */
final class InfluxPointStore implements PointStore {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String ORGANISATION = "tocsin";
  private static final String BUCKET = "tocsin";

  private final InfluxDBClient client;
  private final WriteApiBlocking api;

  InfluxPointStore(HistoryAddress address) {
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .callTimeout(TIMEOUT)
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Authorization", address.authorization())
                            .build()));
    client =
        InfluxDBClientFactory.create(
            InfluxDBClientOptions.builder()
                .url(address.writeUrl())
                .org(ORGANISATION)
                .bucket(BUCKET)
                .logLevel(LogLevel.NONE)
                .okHttpClient(http)
                .build());
    client.enableGzip();
    api = client.getWriteApiBlocking();
  }

  @Override
  public Answer write(List<Point> points) {
    try {
      api.writePoints(points);
      return new Answer.Stored();
    } catch (InfluxException answer) {
      return answer(answer);
    }
  }

  /**
   * 400, 413 and 422 speak of the points; everything else, a wrong password included, may be mended
   * while we wait (<a
   * href="https://docs.influxdata.com/influxdb/v2/write-data/troubleshoot/">InfluxDB: troubleshoot
   * writes</a>).
   */
  private static Answer answer(InfluxException exception) {
    String reason = exception.status() + " " + exception.getMessage();
    return switch (exception.status()) {
      case 400, 413, 422 -> new Answer.Refused(reason);
      default -> new Answer.Unavailable(reason);
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
