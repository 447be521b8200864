package io.tocsin.streams.window;

import static io.tocsin.streams.window.HostSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.schemas.Sample;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.streams.window.HostSamples.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourceStateTest {

  private static final WindowSettings SETTINGS =
      WindowSettings.defaults().withSpread(Duration.ZERO);

  private final HostSamples host = new HostSamples("host/web-1", NOON);
  private final List<Window> windows = new ArrayList<>();
  private final List<ThroughputWindow> throughputs = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Rating.Reason> unrated = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final KeptState kept = new KeptState(SETTINGS);
  private ResourceState state = ResourceState.unknown();

  private void accept(Sample sample) {
    long at = sample.getAt().toEpochMilli();
    Outcome outcome = state.accept(sample, at, at, SETTINGS);
    if (outcome instanceof Outcome.Accepted accepted) {
      windows.addAll(accepted.windows());
      unrated.addAll(accepted.unrated());
      throughputs.addAll(accepted.throughputs());
      parts.addAll(accepted.parts());
      kept.keep(state);
    } else {
      refused.add(((Outcome.Refused) outcome).reason());
    }
    // every test runs through the bytes that the store would keep
    state = kept.load();
  }

  private void accept(List<Sample> samples) {
    samples.forEach(this::accept);
  }

  private List<Window> finals(long sizeMs) {
    return windows.stream().filter(w -> w.getIsFinal() && w.getSizeMs() == sizeMs).toList();
  }

  @Test
  void aSteadyLoadComesOutAsItWentIn() {
    accept(host.seconds(30, new Load(40, 50, 200, 20, 10, 30)));
    Window window = finals(10_000).get(1);
    assertThat(window.getStartsAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(window.getEndsAt()).isEqualTo(NOON.plusSeconds(20));
    assertThat(window.getIntervals()).isEqualTo(10);
    assertThat(window.getCpuPercent().getMean()).isCloseTo(40, within(1e-9));
    assertThat(window.getCpuPercent().getP99()).isCloseTo(40, within(0.4));
    assertThat(window.getMemoryPercent().getMean()).isCloseTo(50, within(1e-9));
    assertThat(window.getIoPercent().getMean()).isCloseTo(20, within(1e-9));
    assertThat(window.getNetworkPercent().getMean()).isCloseTo(10, within(1e-9));
    assertThat(window.getIoOperationsPerSecond().getMax()).isCloseTo(200, within(1e-9));
    assertThat(window.getIoBytesPerSecond().getMean()).isCloseTo(512 * 200, within(1e-6));
    assertThat(window.getCpuPressurePercent().getMean()).isCloseTo(30, within(1e-9));
    assertThat(window.getMemoryPressurePercent()).isNull();
    // (40 + 50) / (40 + 50 + 20 + 10)
    assertThat(window.getEfficiency()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void aWindowSaysWhatItsPercentagesAreOf() {
    Load less = new Load(40, 50, 200, 20, 10, 30);
    Load more = new Load(70, 50, 200, 20, 10, 30);
    host.seconds(15, less).forEach(each -> accept(HostSamples.withFilesystems(each, less)));
    host.seconds(60, more).forEach(each -> accept(HostSamples.withFilesystems(each, more)));
    assertThat(finals(10_000).get(0))
        .returns(2.0, Window::getCores)
        .returns(1_000L, Window::getMemoryBytes)
        .returns(50.0, Window::getFilesystemPercent)
        .returns("/", Window::getFilesystemName);
    assertThat(finals(10_000).get(1))
        .returns(70.0, Window::getFilesystemPercent)
        .returns("/data", Window::getFilesystemName);
    assertThat(finals(60_000).get(0))
        .returns(2.0, Window::getCores)
        .returns("/data", Window::getFilesystemName);
    assertThat(windows.get(windows.size() - 1)).returns(70.0, Window::getFilesystemPercent);
  }

  @Test
  void aWindowOfAResourceThatDoesNotSayWhatItHasSaysNothing() {
    for (Sample sample : host.seconds(30, Load.cpu(10))) {
      sample.setMemory(null);
      accept(sample);
    }
    assertThat(finals(10_000).get(1))
        .returns(2.0, Window::getCores)
        .returns(null, Window::getMemoryBytes)
        .returns(null, Window::getFilesystemPercent)
        .returns(null, Window::getFilesystemName);
  }

  @Test
  void anOpenWindowIsUpdatedAsOftenAsItsSizeAsksFor() {
    accept(host.seconds(1, Load.cpu(10)));
    windows.clear();
    List<Sample> tenASecond = new ArrayList<>();
    for (int tick = 0; tick < 300; tick++) {
      tenASecond.add(host.after(100, Load.cpu(10)));
    }
    tenASecond.forEach(
        sample -> {
          // all in one process: what was last sent is not kept across restarts
          long at = sample.getAt().toEpochMilli();
          Outcome outcome = state.accept(sample, at, at, SETTINGS);
          windows.addAll(((Outcome.Accepted) outcome).windows());
        });
    assertThat(updates(10_000)).hasSizeBetween(30, 31);
    assertThat(updates(60_000)).hasSizeBetween(6, 7);
    assertThat(updates(300_000)).hasSizeBetween(2, 3);
  }

  private List<Window> updates(long sizeMs) {
    return windows.stream().filter(w -> !w.getIsFinal() && w.getSizeMs() == sizeMs).toList();
  }

  @Test
  void theUpdateOfALargeWindowHasAllThatWasHeardOfIt() {
    accept(host.seconds(26, Load.cpu(30)));
    assertThat(updates(60_000).get(updates(60_000).size() - 1))
        .satisfies(
            window -> {
              assertThat(window.getIntervals()).isEqualTo(25);
              assertThat(window.getCpuPercent().getMean()).isCloseTo(30, within(0.01));
              assertThat(window.getLatestAt()).isAfter(NOON.plusSeconds(24));
            });
  }

  @Test
  void largeWindowsAreTheirSmallOnesTogether() {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < 330; second++) {
      samples.add(host.after(1_000, new Load(second % 90, second % 70, 7 * second, 3, 5, 1)));
    }
    accept(samples);
    Window large = finals(300_000).get(0);
    List<Window> small = finals(10_000).subList(0, 30);
    assertThat(large.getIntervals())
        .isEqualTo(small.stream().mapToInt(Window::getIntervals).sum())
        .isEqualTo(298);
    assertThat(large.getCpuPercent().getMax()).isCloseTo(89, within(1e-9));
    double mean =
        small.stream()
                .mapToDouble(window -> window.getCpuPercent().getMean() * window.getIntervals())
                .sum()
            / 298;
    assertThat(large.getCpuPercent().getMean()).isCloseTo(mean, within(1e-6));
    double median =
        IntStream.range(1, 299).map(second -> second % 90).sorted().skip(148).findFirst().orElse(0);
    assertThat(large.getCpuPercent().getP50()).isCloseTo(median, within(0.02 * median));
    assertThat(parts).hasSize(32).allMatch(part -> part.sizeMs() == 10_000);
    assertThat(parts.get(3).sketches()[0].count()).isEqualTo(10);
  }

  @Test
  void throughputAddsUpByDeviceAndAllTogether() {
    accept(host.seconds(75, new Load(10, 50, 200, 20, 40, 0)));
    ThroughputWindow minute =
        throughputs.stream()
            .filter(window -> window.getIsFinal() && window.getSizeMs() == 60_000)
            .findFirst()
            .orElseThrow();
    assertThat(minute.getCoveredMs()).isEqualTo(58_000);
    assertThat(minute.getRxBytesPerSecond().getTotal()).isEqualTo(58 * 400);
    assertThat(minute.getRxBytesPerSecond().getMean()).isEqualTo(400);
    assertThat(minute.getRxBytesPerSecond().getMax()).isEqualTo(400);
    assertThat(minute.getDiskOperationsPerSecond().getTotal()).isEqualTo(58 * 200);
    assertThat(minute.getLinks()).singleElement().matches(link -> link.getName().equals("eth0"));
    assertThat(minute.getLinks().get(0).getUtilisationPercent()).isCloseTo(40, within(1e-9));
    assertThat(minute.getDisks().get(0).getBusyPercent()).isCloseTo(20, within(1e-9));
    assertThat(minute.getDisks().get(0).getReadBytesPerSecond().getMean()).isEqualTo(512 * 200);
  }

  @Test
  void aLinkThatBeginsAnewCountsNothingForOneInterval() {
    accept(host.seconds(5, new Load(10, 50, 200, 20, 40, 0)));
    host.reset();
    accept(host.seconds(12, new Load(10, 50, 200, 20, 40, 0)));
    ThroughputWindow first =
        throughputs.stream().filter(ThroughputWindow::getIsFinal).findFirst().orElseThrow();
    assertThat(first.getCoveredMs()).isEqualTo(7_000);
    assertThat(first.getRxBytesPerSecond().getTotal()).isEqualTo(7 * 400);
  }

  @Test
  void theWholeStateIsStoredOnlyWhenAWindowHasEnded() {
    accept(host.seconds(100, Load.cpu(10)));
    // the first sample, and then each 10 s
    assertThat(kept.snapshots()).isBetween(9, 12);
    host.restartAgent();
    accept(host.seconds(1, Load.cpu(10)));
    assertThat(kept.snapshots()).isBetween(10, 13);
  }

  @Test
  void aWindowIsFinalWhenTheGraceHasPassedAndNotBefore() {
    accept(host.seconds(14, Load.cpu(10)));
    accept(host.after(999, Load.cpu(10)));
    assertThat(finals(10_000)).isEmpty();
    accept(host.after(1, Load.cpu(10)));
    assertThat(finals(10_000)).hasSize(1);
  }

  @Test
  void anIntervalBelongsToTheWindowOfItsNewerSample() {
    accept(host.after(9_000, Load.cpu(0)));
    accept(host.after(1_000, Load.cpu(100)));
    accept(host.seconds(20, Load.cpu(0)));
    assertThat(finals(10_000)).hasSize(2);
    assertThat(finals(10_000).get(1).getStartsAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(finals(10_000).get(1).getCpuPercent().getMax()).isEqualTo(100);
  }

  @Test
  void aWindowWhoseSamplesMadeNoRateIsFinalAllTheSame() {
    accept(host.after(9_000, Load.cpu(0)));
    accept(host.seconds(20, Load.cpu(0)));
    assertThat(finals(10_000).get(0).getIntervals()).isZero();
    assertThat(finals(10_000).get(0).getCpuPercent()).isNull();
    assertThat(finals(10_000).get(0).getLatestAt()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void aSampleBehindTheGraceIsRefusedAndOneWithinItIsNot() {
    List<Sample> samples = host.seconds(12, Load.cpu(10));
    Sample within = samples.remove(6); // 5 s behind the last
    Sample behind = samples.remove(5); // 6 s behind it
    accept(samples);
    accept(within);
    assertThat(refused).isEmpty();
    accept(behind);
    assertThat(refused).containsExactly(Refusal.LATE);
  }

  @Test
  void aRepeatedSampleIsRefused() {
    List<Sample> samples = host.seconds(3, Load.cpu(10));
    accept(samples);
    accept(samples.get(1));
    accept(samples.get(2));
    assertThat(refused).containsExactly(Refusal.DUPLICATE, Refusal.DUPLICATE);
  }

  @Test
  void aRepeatOfAClockThatIsAheadIsRefusedHoweverLateItComes() {
    List<Sample> samples = host.seconds(10, Load.cpu(10));
    long arrival = NOON.toEpochMilli();
    for (Sample sample : samples) {
      arrival += 1_000;
      state.accept(sample, arrival, arrival, SETTINGS);
    }
    arrival += 1_000;
    assertThat(state.accept(samples.get(1), arrival, arrival, SETTINGS))
        .isEqualTo(new Outcome.Refused(Refusal.DUPLICATE));
  }

  @Test
  void anAgentThatStartsAgainDisturbsNothing() {
    accept(host.seconds(5, Load.cpu(30)));
    host.restartAgent();
    accept(host.seconds(20, Load.cpu(30)));
    assertThat(refused).isEmpty();
    assertThat(unrated).containsExactly(Rating.Reason.FIRST);
    assertThat(finals(10_000).get(0).getCpuPercent().getMax()).isCloseTo(30, within(1e-9));
  }

  @Test
  void aRebootMakesOneIntervalWithoutARate() {
    accept(host.seconds(5, Load.cpu(30)));
    host.bootAt(NOON);
    accept(host.seconds(20, Load.cpu(30)));
    assertThat(unrated).containsExactly(Rating.Reason.FIRST, Rating.Reason.REBOOT);
    assertThat(finals(10_000).get(0).getCpuPercent().getMax()).isCloseTo(30, within(1e-9));
    assertThat(finals(10_000).get(0).getIntervals()).isEqualTo(7);
  }

  @Test
  void countersThatGoBackWithoutABootAreAReset() {
    accept(host.seconds(5, Load.cpu(30)));
    host.reset();
    accept(host.seconds(20, Load.cpu(30)));
    assertThat(unrated).containsExactly(Rating.Reason.FIRST, Rating.Reason.RESET);
  }

  @Test
  void aDiskThatBeginsAnewCostsOnlyItsOwnFigures() {
    accept(host.seconds(5, Load.cpu(30)));
    host.resetDisk();
    accept(host.seconds(20, Load.cpu(30)));
    assertThat(unrated).containsExactly(Rating.Reason.FIRST);
    Window window = finals(10_000).get(0);
    assertThat(window.getIntervals()).isEqualTo(8);
    assertThat(window.getIoOperationsPerSecond().getMax()).isCloseTo(10, within(1e-9));
  }

  @Test
  void idleTimeThatGoesBackALittleIsNoReset() {
    accept(host.seconds(5, Load.cpu(30)));
    host.idleGoesBack(3_500_000); // by 2.1 s, given the 1.4 s that it grows
    accept(host.seconds(20, Load.cpu(30)));
    assertThat(unrated).containsExactly(Rating.Reason.FIRST);
  }

  @Test
  void aGapIsNotAveragedOver() {
    accept(host.seconds(5, Load.cpu(30)));
    host.skip(90_000);
    accept(host.seconds(20, Load.cpu(30)));
    assertThat(unrated).containsExactly(Rating.Reason.FIRST, Rating.Reason.GAP);
  }

  @Test
  void aSilentResourceClosesItsWindowsOneAfterTheOther() {
    accept(host.seconds(5, Load.cpu(30)));
    long tooSoon = NOON.plusSeconds(17).toEpochMilli() - 1;
    assertThat(state.silentUntil(tooSoon, SETTINGS).windows()).isEmpty();
    assertThat(state.silentUntil(tooSoon + 1, SETTINGS).windows())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.getIsFinal()).isTrue();
              assertThat(window.getIntervals()).isEqualTo(4);
              assertThat(window.getSizeMs()).isEqualTo(10_000);
            });
    assertThat(state.silentUntil(tooSoon + 300_000, SETTINGS).windows())
        .extracting(Window::getSizeMs)
        .containsExactly(60_000L, 300_000L);
    assertThat(state.closesAfter(SETTINGS)).isEmpty();
  }

  @Test
  void windowsOfResourcesThatEndTogetherAreFinalOneAfterTheOtherAndTheSameForAll() {
    WindowSettings spread = WindowSettings.defaults();
    Set<Long> finalAt = new HashSet<>();
    for (int number = 0; number < 20; number++) {
      ResourceState one = ResourceState.unknown();
      for (Sample sample : new HostSamples("host/web-" + number, NOON).seconds(25, Load.cpu(10))) {
        long at = sample.getAt().toEpochMilli();
        Outcome.Accepted accepted = (Outcome.Accepted) one.accept(sample, at, at, spread);
        accepted.windows().stream()
            .filter(window -> window.getIsFinal() && window.getStartsAt().equals(NOON))
            .forEach(
                window -> {
                  finalAt.add(at - NOON.toEpochMilli());
                  assertThat(window.getIntervals()).isEqualTo(8);
                });
      }
    }
    assertThat(finalAt).hasSizeGreaterThan(3).allMatch(at -> at >= 15_000 && at <= 20_000);
  }

  @Test
  void oneWithoutDevicesHasWindowsAndNoThroughput() {
    List<Sample> samples = host.seconds(5, Load.cpu(30));
    samples.forEach(
        sample -> {
          sample.setDisks(List.of());
          sample.setInterfaces(List.of());
        });
    accept(samples);
    Outcome.Accepted closed = state.silentUntil(NOON.plusSeconds(900).toEpochMilli(), SETTINGS);
    assertThat(closed.windows()).hasSize(3);
    assertThat(closed.throughputs()).isEmpty();
    assertThat(throughputs).isEmpty();
  }

  @Test
  void moreSamplesThanMayWaitAreRefused() {
    for (int tick = 0; tick <= SETTINGS.pending(); tick++) {
      accept(host.after(1, Load.cpu(10)));
    }
    assertThat(refused).containsExactly(Refusal.FLOOD);
  }

  @Test
  void stateOfAnotherVersionIsNoState() {
    accept(host.seconds(5, Load.cpu(30)));
    byte[] bytes = StateCodec.encode(state);
    bytes[0]++;
    assertThat(StateCodec.decode(bytes, SETTINGS)).isEmpty();
  }
}
