package io.tocsin.server.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.tocsin.capacity.CapacityException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CapacityDeskTest {

  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Hands clock = new Hands();
  private final CapacityDesk desk = new CapacityDesk(clock, Duration.ofSeconds(30));
  private final AtomicInteger worked = new AtomicInteger();
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin javalin =
      Javalin.create(
          config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                "/{question}",
                context -> {
                  String question = context.pathParam("question");
                  desk.answer(context, question, () -> work(question)).ifPresent(context::result);
                });
          });

  private String work(String question) throws Exception {
    if (question.equals("slow")) {
      began.countDown();
      mayEnd.await();
    } else if (question.equals("impossible")) {
      throw new CapacityException(List.of("first", "second"));
    } else if (question.equals("broken")) {
      throw new IllegalStateException("a <b>bug</b>");
    }
    return question + worked.incrementAndGet();
  }

  @BeforeEach
  void start() {
    javalin.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    javalin.stop();
    desk.close();
  }

  private HttpResponse<String> ask(String question) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + javalin.port() + "/" + question))
              .build(),
          BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void anAnswerIsKeptForTenMinutes() {
    assertThat(ask("a").body()).isEqualTo("a1");
    assertThat(ask("a").body()).isEqualTo("a1");
    clock.now = clock.now.plus(CapacityDesk.KEPT_FOR);
    assertThat(ask("a").body()).isEqualTo("a2");
  }

  @Test
  void theSameQuestionWaitsAndAnotherIsToldToComeBack() throws Exception {
    CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> ask("slow").body());
    began.await();
    CompletableFuture<String> same = CompletableFuture.supplyAsync(() -> ask("slow").body());

    HttpResponse<String> other = ask("b");
    mayEnd.countDown();

    assertThat(other.statusCode()).isEqualTo(503);
    assertThat(other.headers().firstValue("Retry-After")).isPresent();
    assertThat(first.get()).isEqualTo("slow1");
    assertThat(same.get()).isEqualTo("slow1");
  }

  @Test
  void whatFailsIsSaidAndNotKept() {
    assertThat(ask("impossible").statusCode()).isEqualTo(422);
    assertThat(ask("impossible").body()).contains("\"first\"", "\"second\"");
    assertThat(ask("broken").statusCode()).isEqualTo(500);
    assertThat(ask("c").body()).isEqualTo("c1");
  }

  @Test
  void onlySoManyAnswersAreKept() {
    for (int i = 0; i <= CapacityDesk.MOST_KEPT; i++) {
      ask("q" + i);
    }
    assertThat(ask("q" + CapacityDesk.MOST_KEPT).body())
        .isEqualTo("q" + CapacityDesk.MOST_KEPT + (CapacityDesk.MOST_KEPT + 1));
    assertThat(ask("q0").body()).isEqualTo("q0" + (CapacityDesk.MOST_KEPT + 2));
  }
}
