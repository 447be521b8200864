package io.tocsin.collectors.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

  @Test
  void everyProblemIsCountedAndTheFirstFewAreTold() {
    Complaints complaints = new Complaints("source");
    for (int i = 0; i < 1000; i++) {
      complaints.add(Reason.MALFORMED, "line " + i, "is wrong");
      complaints.add(Reason.MALFORMED, "line 0", "is wrong");
    }

    var problems = complaints.drain();

    assertThat(problems).hasSize(2000);
    assertThat(problems).filteredOn(Problem::where, "line 0").hasSize(1001);
    assertThat(problems).filteredOn(Problem::where, "source").hasSize(995);
    assertThat(complaints.drain()).isEmpty();
  }

  @Test
  void thereIsAnEndToIt() {
    Complaints complaints = new Complaints("source");
    for (int i = 0; i < 200_000; i++) {
      complaints.add(Reason.OVER_LIMIT, "a", "b");
    }

    assertThat(complaints.drain()).hasSize(100_000);
  }
}
