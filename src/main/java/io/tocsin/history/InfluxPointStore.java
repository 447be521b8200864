package io.tocsin.history;

import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.TlsTrouble;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/**
 * Points over the InfluxDB v2 write API, or the one of 1.x. Requests are compressed unless the
 * store is on this machine, where that costs a processor and saves nothing.
 */
final class InfluxPointStore implements PointStore {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** InfluxDB takes 50 MB by default and 1.x 25 MB; QuestDB holds 16 MiB of a request. */
  private static final int MOST_CHARACTERS = 4 << 20;

  private final InfluxDBClient client;
  private final WriteApiBlocking api;
  private final String organisation;
  private final UnaryOperator<String> bucketOf;

  InfluxPointStore(
      String url,
      ClientTls tls,
      String authorization,
      String organisation,
      UnaryOperator<String> bucketOf,
      boolean isVersion1) {
    this.organisation = organisation;
    this.bucketOf = bucketOf;
    OkHttpClient.Builder http =
        InfluxHttp.builder(tls, authorization, isVersion1).callTimeout(TIMEOUT);
    client =
        InfluxDBClientFactory.create(
            InfluxDBClientOptions.builder()
                .url(url)
                .org(organisation)
                .bucket(InfluxAddress.DATABASE)
                .logLevel(LogLevel.NONE)
                .okHttpClient(http)
                .build());
    if (!isHere(url)) {
      client.enableGzip();
    }
    api = client.getWriteApiBlocking();
  }

  private static boolean isHere(String url) {
    try {
      return InetAddress.getByName(URI.create(url).getHost()).isLoopbackAddress();
    } catch (UnknownHostException | IllegalArgumentException elsewhere) {
      return false;
    }
  }

  @Override
  public Answer write(List<String> lines) {
    Map<String, StringBuilder> bodies = new LinkedHashMap<>();
    try {
      for (String line : lines) {
        String bucket = bucketOf.apply(Line.table(line));
        StringBuilder body = bodies.computeIfAbsent(bucket, name -> new StringBuilder());
        if (body.length() + line.length() > MOST_CHARACTERS && !body.isEmpty()) {
          send(bucket, body);
          body.setLength(0);
        }
        body.append(line).append('\n');
      }
      for (Map.Entry<String, StringBuilder> body : bodies.entrySet()) {
        if (!body.getValue().isEmpty()) {
          send(body.getKey(), body.getValue());
        }
      }
      return new Answer.Stored();
    } catch (InfluxException answer) {
      return answer(answer);
    }
  }

  private void send(String bucket, StringBuilder body) {
    api.writeRecord(bucket, organisation, WritePrecision.NS, body.toString());
  }

  /**
   * 400, 413 and 422 speak of the points: all, too many at once, some of them. Everything else, a
   * wrong password included, may be mended while we wait (<a
   * href="https://docs.influxdata.com/influxdb/v2/write-data/troubleshoot/">InfluxDB: troubleshoot
   * writes</a>).
   */
  private static Answer answer(InfluxException exception) {
    String reason =
        TlsTrouble.of(exception).orElse(exception.status() + " " + exception.getMessage());
    Duration later = retryAfter(exception.headers());
    return switch (exception.status()) {
      case 400, 413, 422 -> new Answer.Refused(reason);
      case 401, 403 ->
          new Answer.Unavailable(
              "it does not let us in (" + reason + "); check the account or token of history",
              later);
      case 404 ->
          new Answer.Unavailable("it has no such bucket or database (" + reason + ")", later);
      default -> new Answer.Unavailable(reason, later);
    };
  }

  /** In seconds; the other form that HTTP has, a date, no such store sends. */
  private static Duration retryAfter(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
        .map(Map.Entry::getValue)
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Integer.parseInt(value)))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    client.close();
  }
}
