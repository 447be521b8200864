package io.tocsin.history;

import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import io.tocsin.schemas.tls.ClientTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What the InfluxDB client lacks: any kind of authorization, and the address that 1.x before 1.8
 * takes points at.
 */
final class InfluxHttp {

  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);

  private InfluxHttp() {}

  /** For questions, and for making buckets. */
  static InfluxDBClient client(InfluxAddress address) {
    return InfluxDBClientFactory.create(
        InfluxDBClientOptions.builder()
            .url(address.url())
            .org(address.organisation())
            .logLevel(LogLevel.NONE)
            .okHttpClient(
                builder(address.tls(), address.authorization(), address.version() == 1)
                    .readTimeout(ANSWERS_WITHIN))
            .build());
  }

  /**
   * What requests go through.
   *
   * @param tls how the store is known; null for http, or for authorities that Java knows
   */
  static OkHttpClient.Builder builder(ClientTls tls, String authorization, boolean isVersion1) {
    OkHttpClient.Builder http = new OkHttpClient.Builder();
    if (tls != null) {
      try {
        http.sslSocketFactory(tls.context().getSocketFactory(), tls.trust());
      } catch (IOException gone) {
        throw new UncheckedIOException(gone); // it was there when the configuration was read
      }
    }
    http.addInterceptor(chain -> send(chain, authorization, isVersion1));
    return http;
  }

  private static Response send(Interceptor.Chain chain, String authorization, boolean isVersion1)
      throws IOException {
    Request.Builder request = chain.request().newBuilder();
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpUrl url = chain.request().url();
    if (isVersion1 && url.encodedPath().endsWith("/api/v2/write")) {
      request.url(version1(url));
    }
    return chain.proceed(request.build());
  }

  /** The bucket is the retention policy of that name. */
  private static HttpUrl version1(HttpUrl url) {
    String path = url.encodedPath();
    return url.newBuilder()
        .encodedPath(path.substring(0, path.length() - "/api/v2/write".length()) + "/write")
        .query(null)
        .addQueryParameter("db", InfluxAddress.DATABASE)
        .addQueryParameter("rp", url.queryParameter("bucket"))
        .addQueryParameter("precision", "n")
        .build();
  }
}
