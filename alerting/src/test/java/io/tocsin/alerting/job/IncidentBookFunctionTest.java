package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class IncidentBookFunctionTest {

  private static final int MANY = 10_000;
  private static final double TWO_HOURS = 7_200;

  @Test
  void anOpenIncidentGoesOnUnderItsIdAfterARestore() throws Exception {
    Alert down = IncidentBench.down("endpoint/shop", 1);
    try (IncidentBench bench = new IncidentBench()) {
      bench.clock(1).alert(down);
      String id = bench.incidents().get(0).getId();
      bench.command(CommandKind.ACKNOWLEDGE, id);
      int version = newest(bench).getVersion();
      try (IncidentBench restored = new IncidentBench(bench.snapshot(), 60)) {
        restored.alert(down); // at least once
        assertThat(restored.incidents()).isEmpty();
        restored.clock(61).alert(IncidentBench.cleared(down, 61));
        Incident resolved = newest(restored);
        assertThat(resolved.getId()).isEqualTo(id);
        assertThat(resolved.getState()).isEqualTo(IncidentState.RESOLVED);
        assertThat(restored.incidents().get(0).getVersion()).isEqualTo(version + 1);
        assertThat(resolved.getAcknowledgement().getBy()).isEqualTo("ann");
        assertThat(restored.notifications())
            .extracting(Notification::getKind)
            .containsExactly(NotificationKind.RESOLVED);
      }
    }
  }

  @Test
  void aCommandThatIsRefusedIsADeadLetterWithItsPlaceAndTheReason() throws Exception {
    try (IncidentBench bench = new IncidentBench()) {
      RawRecord command = bench.clock(60).command(CommandKind.RESOLVE, "no-such-incident");
      DeadLetter letter = bench.letters().get(0);
      assertThat(letter.getReason())
          .isEqualTo("incident no-such-incident is not known, or long over");
      assertThat(letter.getTopic()).isEqualTo("tocsin.commands");
      assertThat(letter.getPartition()).isEqualTo(command.partition());
      assertThat(letter.getOffset()).isEqualTo(command.offset());
    }
  }

  @Test
  void aCommandThatWaitedInVainForItsIncidentIsADeadLetterAlsoAcrossARestore() throws Exception {
    try (IncidentBench bench = new IncidentBench()) {
      RawRecord command = bench.clock(1).command(CommandKind.RESOLVE, "no-such-incident");
      assertThat(bench.letters()).isEmpty();
      OperatorSubtaskState snapshot = bench.snapshot();
      assertThat(bench.clock(11).letters())
          .extracting(DeadLetter::getOffset)
          .containsExactly(command.offset());
      try (IncidentBench restored = new IncidentBench(snapshot, 100)) {
        restored.clock(111);
        assertThat(restored.letters())
            .extracting(DeadLetter::getOffset)
            .containsExactly(command.offset());
        restored.clock(200);
        assertThat(restored.letters()).hasSize(1);
      }
    }
  }

  @Test
  void deadlinesAreExactThoughTheJobWasRestoredInBetween() throws Exception {
    List<String> through = new ArrayList<>();
    try (IncidentBench bench = new IncidentBench()) {
      bench.clock(1).alert(IncidentBench.down("endpoint/shop", 1));
      OperatorSubtaskState early = bench.snapshot();
      bench.clock(4 * 3_600);
      bench.notifications().forEach(each -> through.add(told(each)));
      assertThat(through).hasSizeGreaterThan(3);
      try (IncidentBench restored = new IncidentBench(early, 60)) {
        restored.clock(4 * 3_600);
        assertThat(restored.notifications())
            .extracting(IncidentBookFunctionTest::told)
            .isEqualTo(through.subList(1, through.size()));
      }
    }
  }

  private static String told(Notification notification) {
    return notification.getKind() + " at " + notification.getAt();
  }

  @Test
  void thousandsOfDeadlinesThatPassedWhileItWasDownEscalateNothingThatIsOver() throws Exception {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      alerts.add(IncidentBench.down("endpoint/" + i, 1));
    }
    try (IncidentBench bench = new IncidentBench()) {
      bench.clock(1);
      for (Alert alert : alerts) {
        bench.alert(alert);
      }
      assertThat(bench.incidents()).extracting(Incident::getId).doesNotHaveDuplicates();
      assertThat(bench.timers()).isEqualTo(1);
      try (IncidentBench restored = new IncidentBench(bench.snapshot(), TWO_HOURS)) {
        restored.clock(TWO_HOURS + 5);
        assertThat(restored.notifications()).as("it has not settled yet").isEmpty();
        for (Alert alert : alerts.subList(0, MANY - 10)) {
          restored.alert(IncidentBench.cleared(alert, 100));
        }
        int before = restored.notifications().size();
        assertThat(restored.notifications())
            .allMatch(each -> each.getKind() == NotificationKind.RESOLVED);
        restored.clock(TWO_HOURS + 60);
        List<Notification> late =
            restored.notifications().subList(before, restored.notifications().size());
        assertThat(late).as("of the ten that are still open").isNotEmpty();
        assertThat(late.size()).isLessThanOrEqualTo(10);
        assertThat(late)
            .extracting(Notification::getIncidentId)
            .isSubsetOf(ids(bench.incidents().subList(MANY - 10, MANY)));
        assertThat(restored.timers()).isEqualTo(1);
      }
    }
  }

  @Test
  void nothingIsLeftOfWhatIsLongOver() throws Exception {
    try (IncidentBench bench = new IncidentBench()) {
      for (int i = 0; i < 20; i++) {
        Alert down = IncidentBench.down("endpoint/" + i, i);
        bench.clock(i).alert(down);
        bench.alert(IncidentBench.cleared(down, i + 0.5));
        assertThat(bench.timers()).isLessThanOrEqualTo(1);
      }
      assertThat(bench.events())
          .extracting(IncidentEvent::getKind)
          .containsOnly(IncidentEventKind.OPENED, IncidentEventKind.RESOLVED);
      bench.clock(2 * 86_400);
      assertThat(bench.timers()).isZero();
      assertThat(bench.entries()).isZero();
    }
  }

  private static Incident newest(IncidentBench bench) {
    return bench.incidents().get(bench.incidents().size() - 1);
  }

  private static List<String> ids(List<Incident> incidents) {
    return incidents.stream().map(Incident::getId).toList();
  }
}
