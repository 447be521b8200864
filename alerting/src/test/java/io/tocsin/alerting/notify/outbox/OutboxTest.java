package io.tocsin.alerting.notify.outbox;

import static io.tocsin.alerting.notify.Notes.T0;
import static io.tocsin.alerting.notify.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.Notes;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.route.Target;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final SendAnswer YES = new SendAnswer.Accepted("r-1");
  private static final SendAnswer AWAY = new SendAnswer.TryAgain("connection refused", null);
  private static final Duration NONE = Duration.ZERO;

  private final Outbox outbox =
      new Outbox(
          new NotificationConfig(
              null,
              List.of(
                  channel("chat", 3, null),
                  channel("pager", 3, "phone"),
                  channel("phone", 3, "mail"),
                  channel("mail", 3, null)),
              null,
              null,
              null,
              null,
              null));
  private Instant now = T0;

  private static ChannelConfig channel(String name, int budget, String fallback) {
    ChannelConfig.Budget within = new ChannelConfig.Budget(budget, Duration.ofMinutes(10));
    return new ChannelConfig(name, new Notes.NoSpec(), within, fallback, null, null, null, null);
  }

  @Test
  void whatIsAcceptedIsSentOnceAndKnownWhenItComesAgain() {
    Notification page = page("a", Priority.P2);
    Delivery pending = taken(page, "chat").get(0);
    assertThat(pending.getState()).isEqualTo(DeliveryState.PENDING);
    assertThat(pending.getDedupKey()).isEqualTo("a");
    Delivery sent = send("chat", YES);
    assertThat(sent.getId()).isEqualTo(pending.getId());
    assertThat(sent.getState()).isEqualTo(DeliveryState.SENT);
    assertThat(sent.getReceipt()).isEqualTo("r-1");
    assertThat(accept(page, "chat")).isEqualTo(new Acceptance.Ignored("known"));
    assertThat(next("chat")).isEmpty();
  }

  @Test
  void whatIsHeldBackOrGoesNowhereIsCountedAndNotSent() {
    Notification held = page("a", Priority.P0);
    held.setHeldBackBy("silence-1");
    assertThat(accept(held, "chat")).isEqualTo(new Acceptance.Ignored("held back"));
    assertThat(outbox.accept(page("b", Priority.P0), List.of(), now))
        .isEqualTo(new Acceptance.Ignored("no channel"));
  }

  @Test
  void aFailedTryIsRepeatedAfterLongerAndLongerWaits() {
    taken(page("a", Priority.P2), "chat");
    Duration before = Duration.ZERO;
    for (int i = 0; i < 12; i++) {
      Delivery failed = send("chat", AWAY);
      Duration wait = Duration.between(now, failed.getNextAttemptAt());
      assertThat(wait).isGreaterThanOrEqualTo(before.multipliedBy(3).dividedBy(4));
      assertThat(wait).isBetween(Duration.ofMillis(750), Duration.ofMinutes(5));
      assertThat(next("chat")).isEmpty();
      before = wait;
      now = failed.getNextAttemptAt();
    }
    assertThat(before).isGreaterThan(Duration.ofSeconds(220));
  }

  @Test
  void whatTheReceiverAsksForHoldsForTheWholeChannelUpToAnHour() {
    taken(page("a", Priority.P2), "chat");
    Delivery failed = send("chat", new SendAnswer.TryAgain("429", Duration.ofDays(3)));
    assertThat(failed.getNextAttemptAt()).isEqualTo(T0.plus(Duration.ofHours(1)));
    taken(page("b", Priority.P2), "chat");
    now = T0.plus(Duration.ofMinutes(59));
    assertThat(next("chat")).isEmpty();
    now = T0.plus(Duration.ofMinutes(60));
    assertThat(next("chat")).isPresent();
  }

  @Test
  void aRefusalIsTheEnd() {
    taken(page("a", Priority.P2), "chat");
    assertThat(send("chat", new SendAnswer.Refused("400")).getState())
        .isEqualTo(DeliveryState.FAILED_PERMANENT);
    pass(Duration.ofHours(1));
    assertThat(next("chat")).isEmpty();
  }

  @Test
  void afterADayItIsGivenUpButNotTheEndOfWhatWasTold() {
    taken(page("a", Priority.P2), "chat");
    send("chat", YES);
    taken(resolved("a"), "chat");
    send("chat", AWAY);
    taken(page("b", Priority.P2), "chat");
    send("chat", AWAY);
    pass(Duration.ofDays(3));
    assertThat(states())
        .containsExactlyInAnyOrder("a SENT", "a FAILED_TEMPORARY", "b FAILED_PERMANENT");
    assertThat(send("chat", YES).getNotification().getKind()).isEqualTo(NotificationKind.RESOLVED);
  }

  @Test
  void ofOneIncidentAChannelIsToldInOrderAndOthersAreNotHeldUp() {
    taken(page("a", Priority.P2), "chat");
    taken(note("a", 2, NotificationKind.REMINDER, Priority.P2), "chat");
    taken(page("b", Priority.P2), "chat");
    send("chat", AWAY);
    assertThat(send("chat", YES).getDedupKey()).isEqualTo("b");
    assertThat(next("chat")).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(send("chat", YES).getNotification().getIncidentVersion()).isEqualTo(1);
    assertThat(send("chat", YES).getNotification().getIncidentVersion()).isEqualTo(2);
  }

  @Test
  void aPageThatIsOverBeforeAnybodyWasToldGoesWithItsResolve() {
    taken(page("a", Priority.P2), "chat");
    taken(resolved("a"), "chat");
    assertThat(states()).containsExactly("a SUPERSEDED", "a SUPERSEDED");
    assertThat(next("chat")).isEmpty();
    assertThat(accept(resolved("a"), "chat")).isEqualTo(new Acceptance.Ignored("known"));
    assertThat(accept(resolved("never"), "chat"))
        .isEqualTo(new Acceptance.Ignored("nobody was told"));
  }

  @Test
  void aPageThatMayHaveArrivedIsFollowedByItsResolve() {
    taken(page("a", Priority.P2), "chat");
    send("chat", new SendAnswer.TryAgain("no answer within 10 s", null));
    taken(resolved("a"), "chat");
    assertThat(states()).containsExactly("a SUPERSEDED", "a PENDING");
    assertThat(send("chat", YES).getNotification().getKind()).isEqualTo(NotificationKind.RESOLVED);
  }

  @Test
  void aResolveThatComesWhileThePageIsBeingSentFollowsIt() {
    taken(page("a", Priority.P2), "chat");
    Delivery flying = next("chat").orElseThrow();
    taken(resolved("a"), "chat");
    assertThat(next("chat")).isEmpty();
    assertThat(outbox.answered(flying, AWAY, now).getState()).isEqualTo(DeliveryState.SUPERSEDED);
    assertThat(send("chat", YES).getNotification().getKind()).isEqualTo(NotificationKind.RESOLVED);
  }

  @Test
  void anEndIsToldWhereverTheIncidentWasTold() {
    taken(page("a", Priority.P0), "pager");
    send("pager", YES);
    taken(note("a", 2, NotificationKind.REMINDER, Priority.P2), "chat");
    send("chat", YES);
    assertThat(taken(resolved("a"), "mail"))
        .extracting(Delivery::getChannel)
        .containsExactlyInAnyOrder("pager", "chat");
  }

  @Test
  void anIncidentThatComesBackIsANewCourse() {
    taken(page("a", Priority.P2), "chat");
    send("chat", YES);
    taken(resolved("a"), "chat");
    send("chat", YES);
    taken(note("a", 8, NotificationKind.PAGE, Priority.P2), "chat");
    taken(note("a", 9, NotificationKind.RESOLVED, Priority.P2), "chat");
    assertThat(states()).endsWith("a SUPERSEDED", "a SUPERSEDED");
  }

  @Test
  void beyondTheBudgetMessagesGoOutAsOneWhenTheWindowEnds() {
    for (int i = 0; i < 9; i++) {
      taken(page("i" + i, Priority.P2), "chat");
    }
    pass(Duration.ZERO);
    assertThat(drain("chat")).hasSize(3);
    taken(page("late", Priority.P1), "chat");
    taken(page("urgent", Priority.P0), "chat");
    pass(Duration.ofSeconds(1));
    assertThat(drain("chat")).containsExactly("urgent");
    pass(Duration.ofMinutes(10));
    List<Delivery> digest = sendAll("chat");
    assertThat(digest).hasSize(1);
    Notification all = digest.get(0).getNotification();
    assertThat(all.getKind()).isEqualTo(NotificationKind.SUMMARY);
    assertThat(all.getPriority()).isEqualTo(Priority.P1);
    assertThat(all.getSummary()).startsWith("7 messages as one: beyond the budget of 3 in 10 min");
    assertThat(all.getReason()).contains("P2 PAGE: i3 is in trouble").contains("late");
  }

  @Test
  void theEndOfWhatWasToldIsNotCounted() {
    for (int i = 0; i < 3; i++) {
      taken(page("i" + i, Priority.P2), "chat");
    }
    assertThat(drain("chat")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      taken(resolved("i" + i), "chat");
    }
    pass(Duration.ofSeconds(1));
    assertThat(drain("chat")).containsExactlyInAnyOrder("i0", "i1", "i2");
  }

  @Test
  void aFewP0GoOutSinglyAndAStormAfterItsFirstAsOne() {
    for (int i = 0; i < 4; i++) {
      taken(page("few" + i, Priority.P0), "chat");
    }
    pass(Duration.ZERO);
    assertThat(drain("chat")).hasSize(4);
    pass(Duration.ofMinutes(1));
    for (int i = 0; i < 100; i++) {
      taken(page("storm" + i, Priority.P0), "chat");
    }
    pass(Duration.ZERO);
    assertThat(drain("chat")).containsExactly("storm0");
    pass(Duration.ofSeconds(1));
    List<Delivery> one = sendAll("chat");
    assertThat(one).hasSize(1);
    assertThat(one.get(0).getNotification().getSummary()).startsWith("99 messages as one");
    taken(resolved("storm7"), "chat");
    assertThat(drain("chat")).containsExactly("storm7");
  }

  @Test
  void aDigestIsOverWhenAllIsThatItToldOf() {
    for (int i = 0; i < 7; i++) {
      taken(page("i" + i, Priority.P0), "chat");
    }
    pass(Duration.ofSeconds(1));
    sendAll("chat");
    for (int i = 0; i < 7; i++) {
      pass(Duration.ofSeconds(1));
      assertThat(drain("chat")).noneMatch(key -> key.startsWith("digest-"));
      taken(resolved("i" + i), "chat");
    }
    pass(Duration.ofSeconds(1));
    assertThat(sendAll("chat"))
        .filteredOn(one -> one.getDedupKey().startsWith("digest-"))
        .extracting(one -> one.getNotification().getKind())
        .containsExactly(NotificationKind.RESOLVED);
    pass(Duration.ofHours(1));
    assertThat(next("chat")).isEmpty();
  }

  @Test
  void aP0DoesNotWaitForWhatWasSaidBeforeItWasOne() {
    outbox.accept(
        page("a", Priority.P2), List.of(new Target("chat", Duration.ofMinutes(5), List.of())), now);
    assertThat(next("chat")).isEmpty();
    taken(note("a", 2, NotificationKind.RAISED, Priority.P0), "chat");
    assertThat(drain("chat")).containsExactly("a");
    assertThat(states()).containsExactly("a SUPERSEDED", "a SENT");
  }

  @Test
  void withAGroupWaitMessagesGoOutTogether() {
    List<Target> waits = List.of(new Target("chat", Duration.ofSeconds(30), List.of()));
    outbox.accept(page("a", Priority.P2), waits, now);
    pass(Duration.ofSeconds(20));
    outbox.accept(page("b", Priority.P2), waits, now);
    pass(Duration.ofSeconds(9));
    assertThat(next("chat")).isEmpty();
    pass(Duration.ofSeconds(1));
    List<Delivery> together = sendAll("chat");
    assertThat(together).hasSize(1);
    assertThat(together.get(0).getNotification().getSummary()).startsWith("2 messages as one");
    outbox.accept(page("c", Priority.P2), waits, now);
    pass(Duration.ofSeconds(30));
    assertThat(drain("chat")).containsExactly("c");
  }

  @Test
  void aP0ThatDoesNotArriveGoesAnotherWayOnceAndOnAndOnUntilTheChainEnds() {
    taken(page("a", Priority.P0), "pager");
    send("pager", AWAY);
    pass(Duration.ofSeconds(59));
    assertThat(next("phone")).isEmpty();
    pass(Duration.ofSeconds(1));
    Delivery standIn = send("phone", AWAY);
    assertThat(standIn.getFallbackFor()).isEqualTo("pager");
    assertThat(standIn.getDedupKey()).isEqualTo("a");
    pass(Duration.ofSeconds(60));
    assertThat(send("mail", YES).getFallbackFor()).isEqualTo("phone");
    pass(Duration.ofHours(1));
    assertThat(outbox.all()).hasSize(3);
  }

  @Test
  void aRefusedP0GoesAnotherWayAtOnce() {
    taken(page("a", Priority.P0), "pager");
    send("pager", new SendAnswer.Refused("401"));
    pass(Duration.ofMillis(1));
    assertThat(send("phone", YES).getReason()).isEqualTo("accepted");
  }

  @Test
  void whatARestartFindsUnansweredIsSentAgainUnderTheSameKey() {
    taken(page("a", Priority.P2), "chat");
    Delivery flying = next("chat").orElseThrow();
    Outbox after = restarted();
    assertThat(after.next("chat", now)).contains(flying);
    after = restarted();
    Acceptance end = after.accept(resolved("a"), List.of(), now);
    assertThat(((Acceptance.Taken) end).records())
        .extracting(Delivery::getState)
        .containsExactly(DeliveryState.SUPERSEDED, DeliveryState.PENDING);
  }

  @Test
  void aForgetfulReceiverIsToldAgainUntilItIsOver() {
    taken(page("a", Priority.P2), "chat");
    send("chat", YES);
    Duration minute = Duration.ofMinutes(1);
    assertThat(outbox.repeat("chat", minute, id -> true, now)).isEmpty();
    pass(minute);
    assertThat(outbox.repeat("chat", minute, id -> false, now)).isEmpty();
    Delivery again = outbox.repeat("chat", minute, id -> true, now).orElseThrow();
    outbox.repeated(again, now);
    assertThat(outbox.repeat("chat", minute, id -> true, now)).isEmpty();
  }

  private Outbox restarted() {
    Outbox after =
        new Outbox(
            new NotificationConfig(
                null, List.of(channel("chat", 3, null)), null, null, null, null, null));
    after.restore(outbox.all());
    return after;
  }

  private static Notification page(String incident, Priority priority) {
    return note(incident, 1, NotificationKind.PAGE, priority);
  }

  private static Notification resolved(String incident) {
    return note(incident, 7, NotificationKind.RESOLVED, Priority.P2);
  }

  private Acceptance accept(Notification notification, String channel) {
    return outbox.accept(notification, List.of(new Target(channel, NONE, List.of())), now);
  }

  private List<Delivery> taken(Notification notification, String channel) {
    return ((Acceptance.Taken) accept(notification, channel)).records();
  }

  private Optional<Delivery> next(String channel) {
    return outbox.next(channel, now);
  }

  private Delivery send(String channel, SendAnswer answer) {
    return outbox.answered(next(channel).orElseThrow(), answer, now);
  }

  private List<Delivery> sendAll(String channel) {
    List<Delivery> sent = new ArrayList<>();
    for (Optional<Delivery> one = next(channel); one.isPresent(); one = next(channel)) {
      sent.add(outbox.answered(one.get(), YES, now));
    }
    return sent;
  }

  private List<String> drain(String channel) {
    return sendAll(channel).stream().map(Delivery::getDedupKey).toList();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    outbox.review(now);
  }

  private List<String> states() {
    return outbox.all().stream().map(one -> one.getDedupKey() + " " + one.getState()).toList();
  }
}
