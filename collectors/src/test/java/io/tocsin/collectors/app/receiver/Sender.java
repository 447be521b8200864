package io.tocsin.collectors.app.receiver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Sends requests to a receiver, as its clients do. */
final class Sender {

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  Sender(int port) {
    this.port = port;
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<String> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
    return send(request(path).method(method, BodyPublishers.noBody()).build());
  }

  HttpResponse<byte[]> postForBytes(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request(path, headers).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .version(HttpClient.Version.HTTP_1_1);
    return headers.length == 0 ? request : request.headers(headers);
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
