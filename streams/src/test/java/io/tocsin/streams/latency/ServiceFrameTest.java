package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Readings.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ServiceFrameTest {

  private static final long WALL = NOON.toEpochMilli();

  /** Ten minutes of the wall after the last part, all is quiet. */
  private static final long QUIET = WALL + 600_000;

  private static List<ServicePart> parts(String id, int seconds, int sizeUs) {
    Readings agent = new Readings("agent-" + id, "endpoint/" + id);
    Resource resource = new Resource();
    for (int time = 0; time < seconds; time++) {
      resource.take(agent.up(NOON.plusSeconds(time), sizeUs + 10L * time));
    }
    return resource.end().parts;
  }

  private static Outcome.Accepted due(ServiceFrame stored, long wall) {
    byte[] bytes = FrameCodec.encode(stored);
    ServiceFrame frame = FrameCodec.decode(bytes).orElseThrow();
    assertThat(FrameCodec.encode(frame)).isEqualTo(bytes);
    return stored.due(wall, 0, Resource.SETTINGS);
  }

  @Property(tries = 100)
  void aRollUpIsTheMergeOfItsPartsInWhateverOrder(@ForAll Random random) {
    List<ServicePart> parts = new ArrayList<>();
    Readings every = new Readings("agent-all", "endpoint/all");
    List<Object> all = new ArrayList<>();
    List<Resource> members = List.of(new Resource(), new Resource(), new Resource());
    List<Readings> agents =
        IntStream.range(0, 3)
            .mapToObj(member -> new Readings("agent-" + member, "endpoint/" + member))
            .toList();
    for (int time = 0; time < 40; time++) {
      for (int member = 0; member < 3; member++) {
        Instant at = NOON.plusSeconds(time);
        long us = 1 + random.nextInt(1_000_000);
        members.get(member).take(duration(agents.get(member), at, us));
        all.add(duration(every, at, us));
      }
    }
    members.forEach(member -> parts.addAll(member.end().parts));
    Collections.shuffle(parts, random);
    ServiceFrame frame = ServiceFrame.of(parts.get(0));
    parts.forEach(part -> frame.take(copy(part), WALL));
    List<LatencyWindow> rolledUp = due(frame, QUIET).latencies();
    List<LatencyWindow> asOne = new Resource().take(all).end().finals;
    assertThat(rolledUp).hasSameSizeAs(asOne).allMatch(LatencyWindow::getIsFinal);
    for (int place = 0; place < asOne.size(); place++) {
      LatencyWindow window = rolledUp.get(place);
      assertThat(window.getResourceId()).isEqualTo("service/shop");
      assertThat(window.getMembers()).isEqualTo(3);
      window.setMembers(0);
      window.setResourceId("endpoint/all");
      window.setKind(asOne.get(place).getKind());
      assertThat(window).isEqualTo(asOne.get(place));
    }
  }

  private static Measurement duration(Readings of, Instant at, long us) {
    return of.value(at, Meaning.RESPONSE_TIME, MeasurementType.GAUGE, "us", us);
  }

  private static ServicePart copy(ServicePart part) {
    return ServicePart.of(part.toRecord()).orElseThrow();
  }

  @Test
  void aWindowIsFinalWhenItIsQuietAndNotBefore() {
    ServicePart first = parts("one", 5, 1_000).get(0);
    ServiceFrame frame = ServiceFrame.of(first);
    frame.take(first, WALL + 20_000);
    assertThat(due(frame, WALL + 20_000).latencies())
        .hasSize(3)
        .allMatch(window -> !window.getIsFinal());
    assertThat(due(frame, WALL + 29_999).latencies()).isEmpty();
    assertThat(frame.nextDueAt()).isEqualTo(WALL + 30_000);
    assertThat(due(frame, WALL + 30_000).latencies())
        .singleElement()
        .matches(LatencyWindow::getIsFinal)
        .matches(window -> window.getSizeMs() == 10_000);
    // the longer ones wait for their end and the grace
    assertThat(due(frame, WALL + 64_999).latencies()).isEmpty();
    assertThat(due(frame, WALL + 65_000).latencies())
        .singleElement()
        .matches(window -> window.getSizeMs() == 60_000);
    assertThat(due(frame, WALL + 305_000).latencies()).hasSize(1);
    assertThat(frame.nextDueAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLaterPartMakesItsWindowsFinalOnceMoreCorrected() {
    ServiceFrame frame = ServiceFrame.of(parts("one", 5, 1_000).get(0));
    parts("one", 25, 1_000).forEach(part -> frame.take(part, WALL));
    assertThat(due(frame, QUIET).latencies()).hasSize(3 + 1 + 1);
    frame.take(parts("two", 5, 9_000).get(0), QUIET + 1_000);
    assertThat(due(frame, QUIET + 1_000).latencies()).isEmpty();
    assertThat(due(frame, QUIET + 11_000).latencies())
        .allMatch(LatencyWindow::getIsFinal)
        .allMatch(window -> window.getMembers() == 2)
        .extracting(LatencyWindow::getSizeMs, LatencyWindow::getCount)
        .containsExactly(tuple(10_000L, 15L), tuple(60_000L, 30L), tuple(300_000L, 30L));
    assertThat(frame.isOver(QUIET + ServiceFrame.CORRECTED_MS - 1)).isFalse();
    assertThat(frame.isOver(QUIET + ServiceFrame.CORRECTED_MS)).isTrue();
  }

  @Test
  void aTaskThatJustStartedDoesNotTakeItsOwnAbsenceForQuiet() {
    ServicePart part = parts("one", 5, 1_000).get(0);
    ServiceFrame frame = ServiceFrame.of(part);
    frame.take(part, WALL);
    assertThat(frame.due(QUIET, QUIET - 5_000, Resource.SETTINGS).latencies())
        .allMatch(window -> !window.getIsFinal());
  }

  @Test
  void aServiceThatReportsOnItselfIsNotCountedTwice() {
    Readings itself = new Readings("agent-1", "service/shop");
    Readings endpoint = new Readings("agent-1", "endpoint/shop");
    Resource service = new Resource();
    Resource route = new Resource();
    for (int time = 0; time < 5; time++) {
      service.take(itself.counter(NOON.plusSeconds(time), Meaning.REQUESTS, 10.0 * time));
      route.take(endpoint.counter(NOON.plusSeconds(time), Meaning.REQUESTS, 10.0 * time));
    }
    ServicePart own = service.end().parts.get(0);
    ServiceFrame frame = ServiceFrame.of(own);
    frame.take(route.end().parts.get(0), WALL);
    frame.take(own, WALL);
    assertThat(due(frame, QUIET).latencies()).isEmpty();
    assertThat(service.finals).allMatch(window -> window.getRequests() == 40);
  }
}
