package io.tocsin.alerting.notify;

import static io.tocsin.alerting.notify.Notes.T0;
import static io.tocsin.alerting.notify.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.outbox.Outbox;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChannelWorkerTest {

  private static final ChannelConfig CHAT = ChannelConfig.of("chat", new Notes.NoSpec());
  private static final NotificationConfig CONFIG =
      new NotificationConfig(null, List.of(CHAT), null, null, null, null, null);

  private final Clock clock = Clock.fixed(T0, ZoneOffset.UTC);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Delivery> written = new ArrayList<>();

  @Test
  void whatAChannelThrowsIsTriedAgainAndToldToNobody() throws Exception {
    Desk desk = desk(written::addAll);
    worker(
            desk,
            message -> {
              throw new IllegalStateException("token=hunter2");
            })
        .run();
    Delivery last = written.get(written.size() - 1);
    assertThat(last.getState()).isEqualTo(DeliveryState.FAILED_TEMPORARY);
    assertThat(last.getReason()).contains("IllegalStateException").doesNotContain("hunter2");
    assertThat(meters.get("tocsin.notify.channel.failures").counter().count()).isEqualTo(1);
    assertThat(desk.backlog("chat")).isEqualTo(2);
  }

  @Test
  void onceAnotherNotifierHasTakenOverNothingMoreIsSent() throws Exception {
    AtomicInteger appended = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    Desk desk =
        desk(
            records -> {
              if (appended.getAndIncrement() > 0) {
                throw new FencedException(new IllegalStateException("a newer one"));
              }
            });
    Channel channel =
        message -> {
          sent.incrementAndGet();
          return new SendAnswer.Accepted(null);
        };
    worker(desk, channel).run();
    assertThat(desk.isFenced()).isTrue();
    assertThat(sent).hasValue(1);
    assertThat(desk.take("chat", Duration.ofMillis(1))).isEmpty();
  }

  private Desk desk(DeliveryLog log) throws InterruptedException {
    Desk desk =
        new Desk(
            new Outbox(CONFIG),
            RouteTree.of(CONFIG),
            new KnownIncidents(),
            log,
            clock,
            new NotifyMetrics(meters));
    desk.open(List.of("chat"));
    desk.accept(
        List.of(
            note("a", 1, NotificationKind.PAGE, Priority.P1),
            note("a", 2, NotificationKind.REMINDER, Priority.P1)));
    return desk;
  }

  private ChannelWorker worker(Desk desk, Channel channel) {
    return new ChannelWorker(
        "chat",
        channel,
        new MessageRenderer(CHAT, null),
        new KnownIncidents(),
        desk,
        clock,
        new NotifyMetrics(meters),
        () -> written.stream().anyMatch(one -> one.getAttempts() > 0));
  }
}
