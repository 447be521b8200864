package io.tocsin.alerting.notify.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.TickingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutsideWatchTest {

  private final TickingClock clock = new TickingClock();
  private final List<Message> told = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private boolean isUp = true;
  private final Channel channel =
      message -> {
        if (!isUp) {
          return new SendAnswer.TryAgain("away", null);
        }
        told.add(message);
        return new SendAnswer.Accepted(null);
      };
  private final OutsideWatch watch =
      new OutsideWatch(Map.of("pager", channel), Duration.ofSeconds(60), clock, lines::add);

  private void pass(int seconds) throws InterruptedException {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      watch.look();
    }
  }

  @Test
  void silenceIsToldOnceAndItsEndToo() throws Exception {
    pass(59);
    assertThat(told).isEmpty();
    pass(100);
    assertThat(told).extracting(Message::title).containsExactly("P0: Tocsin is silent");
    assertThat(watch.silentSince()).isPresent();
    watch.heard();
    pass(1);
    assertThat(told.get(1).notification().getKind()).isEqualTo(NotificationKind.RESOLVED);
    assertThat(told).extracting(Message::dedupKey).containsOnly("tocsin-silent");
  }

  @Test
  void whoDoesNotTakeTheAlarmIsAskedUntilItDoes() throws Exception {
    isUp = false;
    pass(70);
    assertThat(told).isEmpty();
    isUp = true;
    pass(1);
    assertThat(told).hasSize(1);
    pass(5);
    assertThat(told).hasSize(1);
  }

  @Test
  void aChannelThatBreaksDoesNotEndTheWatch() throws Exception {
    OutsideWatch broken =
        new OutsideWatch(
            Map.of(
                "pager",
                message -> {
                  throw new IllegalStateException("a secret");
                }),
            Duration.ofSeconds(1),
            clock,
            lines::add);
    clock.advance(Duration.ofSeconds(2));
    broken.look();
    broken.look();
    assertThat(lines).anyMatch(line -> line.contains("trying again"));
    assertThat(lines).noneMatch(line -> line.contains("a secret"));
  }

  @Test
  void ofWhatWasNotTakenTheNewestIsTold() throws Exception {
    isUp = false;
    pass(70);
    watch.heard();
    pass(2);
    isUp = true;
    pass(2);
    assertThat(told).extracting(Message::title).containsExactly("Tocsin is back");
  }
}
