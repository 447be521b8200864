package io.tocsin.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

  /** Longer than a machine stands still: what is to be interrupted has to have begun by then. */
  private final Bounded hasty = new Bounded("hasty works", 1, Duration.ofSeconds(4));

  private final Bounded never = new Bounded("works without time", 1, Duration.ZERO);
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
                "/never",
                context -> never.answer(context, () -> "done").ifPresent(context::result));
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
    never.close();
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

  /** Whether a thread has begun with it by then or not; done or not, it has to make room. */
  @Test
  void whatIsGivenUpBeforeItBeganMakesRoomToo() {
    for (int i = 0; i < 20; i++) {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollDelay(Duration.ZERO)
          .until(() -> !get("/never").body().contains("are under way"));
    }
  }

  @Test
  void whatIsWrongWithARequestIsToldAsUsual() {
    assertThat(get("/wrong").statusCode()).isEqualTo(400);
  }
}
