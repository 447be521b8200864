package io.tocsin.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedTest {

  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final Bounded patient = new Bounded("works", 1, Duration.ofMinutes(1));
  private final Bounded hasty = new Bounded("hasty works", 1, Duration.ofMillis(50));
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin javalin =
      Javalin.create(
          config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                "/patient",
                context -> patient.answer(context, this::work).ifPresent(context::result));
            config.routes.get(
                "/hasty", context -> hasty.answer(context, this::work).ifPresent(context::result));
            config.routes.get(
                "/wrong",
                context ->
                    patient.answer(
                        context,
                        () -> {
                          throw new RequestProblem(List.of("x: is wrong"));
                        }));
            config.routes.exception(
                RequestProblem.class, (wrong, context) -> context.status(400).result("told"));
          });

  private String work() throws InterruptedException {
    began.countDown();
    try {
      mayEnd.await();
      return "done";
    } catch (InterruptedException stopped) {
      interrupted.countDown();
      throw stopped;
    }
  }

  @BeforeEach
  void start() {
    javalin.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    javalin.stop();
    patient.close();
    hasty.close();
  }

  private HttpResponse<String> get(String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + javalin.port() + path)).build(),
          BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void whoFindsNoRoomIsToldWhenToComeBack() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> get("/patient"));
    began.await();

    HttpResponse<String> second = get("/patient");
    mayEnd.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    assertThat(first.get().body()).isEqualTo("done");
    assertThat(get("/patient").statusCode()).isEqualTo(200);
  }

  @Test
  void whatTakesTooLongIsInterruptedAndMakesRoom() throws Exception {
    HttpResponse<String> answer = get("/hasty");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("ask for less");
    interrupted.await();
  }

  @Test
  void whatIsWrongWithARequestIsToldAsUsual() {
    assertThat(get("/wrong").statusCode()).isEqualTo(400);
  }
}
