package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SeriesLimitTest {

  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    void pass(Duration span) {
      now = now.plus(span);
    }
  }

  private final Hand clock = new Hand();
  private final SeriesLimit limit = new SeriesLimit(100, 7, clock);

  private static String point(String table, String resource, int at) {
    return new Line(table)
        .tag("resource", resource)
        .number("v", 1.0)
        .at(Instant.ofEpochSecond(at))
        .orElseThrow();
  }

  private int admitted(String table, int from, int to) {
    int admitted = 0;
    for (int each = from; each < to; each++) {
      admitted += limit.admits(point(table, "host/a b=" + each, each)) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void knownSeriesGoOnAndNewOnesBeyondTheBoundAreRefusedAndSaid() {
    assertThat(admitted("windows", 0, 100)).isEqualTo(100);
    assertThat(limit.warning()).isEmpty();
    assertThat(admitted("windows", 0, 150)).isEqualTo(100);
    assertThat(limit.warning())
        .hasValueSatisfying(
            words -> assertThat(words).contains("windows", "100 series", "50 points"));
    clock.pass(Duration.ofMinutes(11));
    assertThat(limit.warning()).isEmpty();
  }

  @Test
  void theSameSeriesAtAnotherTimeIsTheSame() {
    for (int each = 0; each < 1_000; each++) {
      assertThat(limit.admits(point("windows", "host/a", each))).isTrue();
    }
  }

  @Test
  void eachTableHasItsOwnBoundAndTablesOfWhatHappenedHaveNone() {
    assertThat(admitted("windows", 0, 200)).isEqualTo(100);
    assertThat(admitted("windows_1m", 0, 200)).isEqualTo(100);
    assertThat(admitted("business", 0, 200)).isEqualTo(100);
    assertThat(admitted("incidents", 0, 200)).isEqualTo(200);
  }

  @Test
  void aSeriesThatIsSilentForADayMakesRoom() {
    admitted("windows", 0, 100);
    clock.pass(Duration.ofHours(13));
    assertThat(admitted("windows", 0, 40)).isEqualTo(40);
    assertThat(admitted("windows", 100, 160)).as("sixty are not forgotten yet").isZero();
    clock.pass(Duration.ofHours(13));
    assertThat(admitted("windows", 100, 160)).isEqualTo(60);
    assertThat(admitted("windows", 0, 40)).isEqualTo(40);
    assertThat(admitted("windows", 160, 161)).isZero();
  }

  @Property(tries = 50)
  void aSetOfHashesIsASet(@ForAll long seed) {
    Random random = new Random(seed);
    SeriesSet set = new SeriesSet();
    Set<Long> model = new HashSet<>();
    for (int each = 0; each < 2_000; each++) {
      long hash = random.nextInt(3) == 0 ? random.nextInt(100) + 1L : random.nextLong();
      assertThat(set.contains(hash)).isEqualTo(model.contains(hash));
      assertThat(set.add(hash)).isEqualTo(model.add(hash));
      assertThat(set.size()).isEqualTo(model.size());
    }
  }
}
