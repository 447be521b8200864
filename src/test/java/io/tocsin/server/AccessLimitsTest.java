package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.config.ServerSection;
import io.tocsin.schemas.AccessRole;
import io.tocsin.server.access.Role;
import io.tocsin.server.access.TokenText;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often, and how much at a time. */
class AccessLimitsTest {

  private static final String LIST = "/api/v1/incidents";

  private AccessFixture house = AccessFixture.closed();

  private void configure(ServerSection section) {
    house.close();
    house = new AccessFixture(section);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void whoAsksTooOftenWaitsAndNobodyElseDoes() throws Exception {
    configure(
        new ServerSection(
            null,
            null,
            AccessRole.NOBODY,
            null,
            new ServerSection.RateLimits(1, 3, null, null),
            null));
    String hasty = house.token("hasty", Role.VIEWER);
    String calm = house.token("calm", Role.VIEWER);
    for (int i = 0; i < 3; i++) {
      assertThat(house.get(LIST, hasty).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> answer = house.get(LIST, hasty);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(house.get(LIST, calm).statusCode()).isEqualTo(200);
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(house.get(LIST, hasty).statusCode()).isEqualTo(200);
    assertThat(house.refused("rate")).isEqualTo(1);
  }

  @Test
  void tokensCannotBeTriedOutBySigningIn() throws Exception {
    String token = house.token("kim", Role.VIEWER);
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> answer = house.login(TokenText.random().text());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(house.login(token).statusCode()).isEqualTo(429);
    house.clock.advance(Duration.ofMinutes(1));
    assertThat(house.login(token).statusCode()).isEqualTo(204);
  }

  @Test
  void openPagesAreBoundedPerCallerAndCloseWhenTheirTokenIsTakenBack() throws Exception {
    configure(
        new ServerSection(
            null,
            null,
            AccessRole.NOBODY,
            null,
            new ServerSection.RateLimits(null, null, null, 2),
            null));
    String token = house.token("kim", Role.VIEWER);
    List<List<String>> pages = new ArrayList<>();
    List<CompletableFuture<Void>> ended = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> lines = new CopyOnWriteArrayList<>();
      pages.add(lines);
      ended.add(page(token, lines));
      await().until(() -> lines.stream().anyMatch(line -> line.startsWith("event: ")));
    }
    assertThat(pages.get(0)).contains("event: hello");
    assertThat(pages.get(2)).contains("event: full");
    assertThat(house.refused("live")).isEqualTo(1);
    assertThat(ended.get(0)).isNotDone();

    house.tombstone(house.kept.get(0).getId());

    await().until(() -> ended.stream().allMatch(CompletableFuture::isDone));
  }

  private CompletableFuture<Void> page(String token, List<String> lines) {
    return house
        .client()
        .sendAsync(
            house
                .request("GET", "/api/v1/events", null)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofLines())
        .thenAccept(answer -> answer.body().forEach(lines::add))
        .exceptionally(cut -> null);
  }
}
