package io.tocsin.streams.policy;

import static io.tocsin.schemas.Examples.NOON;
import static io.tocsin.schemas.PolicyEffect.ALLOW;
import static io.tocsin.schemas.PolicyEffect.AUDIT;
import static io.tocsin.schemas.PolicyEffect.DENY;
import static io.tocsin.streams.policy.Policies.policy;
import static io.tocsin.streams.policy.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.TallyBoard;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.ViolationTally;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReportBookTest {

  private final PolicySet policies =
      Policies.set(policy("p", 0, rule(AUDIT, "exec"), rule(ALLOW, "exec"), rule(DENY, "create*")));
  private final ReportBook book = new ReportBook(null);

  private void act(String action, String container, int second) {
    SecurityEvent event =
        Events.docker(action + "-" + container + "-" + second, action)
            .setResourceId("container/host-1." + container)
            .setAt(NOON.plusSeconds(second))
            .build();
    book.judged(event, policies.judge(event));
  }

  @Example
  void totalsTheLatestTenAndTheBoardsSayWhatHappened() {
    book.inForce(1, NOON);
    for (int second = 0; second < 12; second++) {
      act("create-privileged", "web", second);
    }
    act("exec", "db", 20);
    act("rename", "db", 21);

    SecurityReport report = book.report();

    assertThat(report.getDenied()).isEqualTo(new SeverityTotals(12L, 0L, 0L, 1L));
    assertThat(report.getAudited()).isEqualTo(new SeverityTotals(0L, 1L, 0L, 0L));
    assertThat(report.getLatest())
        .hasSize(ReportBook.NEWEST)
        .extracting(Violation::getAction)
        .startsWith("rename", "exec", "create-privileged");
    assertThat(report.getByContainer().getEntries())
        .extracting(ViolationTally::getName)
        .containsExactly("container/host-1.db", "container/host-1.web");
    assertThat(report.getByPolicy().getEntries())
        .extracting(ViolationTally::getName)
        .containsExactly(ReportBook.DEFAULT_DENY, "p");
    assertThat(report.getHeadline())
        .isEqualTo(
            "1 policies in force: 14 actions judged, 13 denied (12 critical, 0 high), 1 recorded");
  }

  @Example
  void withoutAPolicyItSaysSoFirst() {
    SecurityEvent event = Events.docker("e-1", "exec").build();
    book.judged(event, Policies.set().judge(event));

    assertThat(book.report().getHeadline())
        .isEqualTo("no policy is enabled, so nothing is judged; 1 actions went unjudged so far");
  }

  @Example
  void scansWithoutNewFindingsAreNoNews() {
    ImageFindings first =
        ScanChange.between(null, Events.scan("shop:1", NOON, "HIGH CVE-1").build());
    book.scanned(first);
    book.scanned(
        ScanChange.between(
            Events.scan("shop:1", NOON, "HIGH CVE-1").build(),
            Events.scan("shop:1", NOON.plusSeconds(9), "HIGH CVE-1").build()));

    assertThat(book.report().getImages())
        .extracting(ImageFindings::getScannedAt)
        .containsExactly(NOON);
  }

  @Property(tries = 50)
  void theBoardsAreBoundedAndLoseNoViolation(
      @ForAll @Size(max = 400) List<@IntRange(max = 300) Integer> containers) {
    int second = 0;
    ReportBook counted = new ReportBook(null);
    for (int container : containers) {
      SecurityEvent event =
          Events.docker("e-" + second, "create")
              .setResourceId("container/host-1.c" + container)
              .setAt(NOON.plusSeconds(second++))
              .build();
      counted.judged(event, policies.judge(event));
    }

    TallyBoard board = counted.report().getByContainer();
    long named = board.getEntries().stream().mapToLong(e -> Tallies.sum(e.getTotals())).sum();
    assertThat(board.getEntries()).hasSizeLessThanOrEqualTo(Tallies.NAMES);
    assertThat(named + Tallies.sum(board.getOthers())).isEqualTo(containers.size());
    if (!containers.isEmpty()) {
      String newest = "container/host-1.c" + containers.get(containers.size() - 1);
      assertThat(board.getEntries()).extracting(ViolationTally::getName).contains(newest);
    }
  }

  @Example
  void goesOnWhereItWasLeft() {
    act("create", "web", 0);
    ReportBook resumed = new ReportBook(book.report());

    assertThat(resumed.report()).isEqualTo(book.report());
    act("create", "web", 1);
    assertThat(resumed.report().getJudged()).isEqualTo(1);
  }
}
