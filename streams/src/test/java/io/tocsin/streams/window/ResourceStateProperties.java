package io.tocsin.streams.window;

import static io.tocsin.streams.window.HostSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.streams.window.HostSamples.Load;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class ResourceStateProperties {

  private static final WindowSettings SETTINGS =
      WindowSettings.defaults().withSpread(Duration.ZERO);

  record Step(long millis, Load load, boolean isReset) {}

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<Integer> percent = Arbitraries.integers().between(0, 100);
    Arbitrary<Load> loads =
        Combinators.combine(
                percent,
                percent,
                Arbitraries.integers().between(0, 5_000),
                percent,
                Arbitraries.integers().between(0, 300),
                percent)
            .as(Load::new);
    return Combinators.combine(
            Arbitraries.longs().between(1, 3_000),
            loads,
            Arbitraries.integers().between(0, 30).map(dice -> dice == 0))
        .as(Step::new);
  }

  private static List<Sample> samples(List<Step> steps) {
    HostSamples host = new HostSamples("host/web-1", NOON);
    List<Sample> samples = new ArrayList<>();
    for (Step step : steps) {
      if (step.isReset()) {
        host.reset();
      }
      Sample sample = host.after(step.millis(), step.load());
      samples.add(HostSamples.withFilesystems(sample, step.load()));
    }
    return samples;
  }

  /** All that is final, as bytes: windows, throughput, and what roll-ups get. */
  private static List<Object> finals(List<Sample> samples) {
    ResourceState state = ResourceState.unknown();
    KeptState kept = new KeptState(SETTINGS);
    List<Object> finals = new ArrayList<>();
    for (Sample sample : samples) {
      long at = sample.getAt().toEpochMilli();
      if (state.accept(sample, at, at, SETTINGS) instanceof Outcome.Accepted accepted) {
        addFinals(accepted, finals);
        kept.keep(state);
        byte[] bytes = StateCodec.encode(state);
        state = kept.load(); // by way of the stored bytes after each sample
        assertThat(StateCodec.encode(state)).isEqualTo(bytes);
      }
    }
    addFinals(state.silentUntil(Long.MAX_VALUE / 2, SETTINGS), finals);
    return finals;
  }

  private static void addFinals(Outcome.Accepted accepted, List<Object> finals) {
    try {
      for (Window window : accepted.windows()) {
        if (window.getIsFinal()) {
          finals.add(window.toByteBuffer());
        }
      }
      for (ThroughputWindow window : accepted.throughputs()) {
        if (window.getIsFinal()) {
          finals.add(window.toByteBuffer());
        }
      }
      for (Part part : accepted.parts()) {
        LargeWindow sum = new LargeWindow(part.startsAt(), part.sizeMs());
        sum.add(part, new FlowTotals());
        finals.add(ByteBuffer.wrap(sum.store().bytes()));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static List<Window> windows(List<Sample> samples) {
    ResourceState state = ResourceState.unknown();
    List<Window> finals = new ArrayList<>();
    for (Sample sample : samples) {
      long at = sample.getAt().toEpochMilli();
      if (state.accept(sample, at, at, SETTINGS) instanceof Outcome.Accepted accepted) {
        accepted.windows().stream().filter(Window::getIsFinal).forEach(finals::add);
      }
    }
    finals.addAll(state.silentUntil(Long.MAX_VALUE / 2, SETTINGS).windows());
    return finals;
  }

  @Property(tries = 500)
  void anyShuffleWithinTheGraceGivesTheSameFinalWindows(
      @ForAll("shuffled") @Size(min = 2, max = 60) List<Step> steps, @ForAll Random random) {
    List<Sample> inOrder = samples(steps);
    // A sample that is late by less than the grace is never more than that behind the newest.
    List<Sample> shuffled =
        inOrder.stream()
            .map(sample -> new Object[] {sample, arrival(sample, random)})
            .sorted(Comparator.comparingLong(pair -> (long) pair[1]))
            .map(pair -> (Sample) pair[0])
            .toList();
    assertThat(finals(shuffled)).isEqualTo(finals(inOrder));
  }

  @Provide
  Arbitrary<List<Step>> shuffled() {
    return steps().list();
  }

  private static long arrival(Sample sample, Random random) {
    return sample.getAt().toEpochMilli() + random.nextInt(5_000);
  }

  @Property(tries = 100)
  void duplicatesChangeNothing(
      @ForAll("shuffled") @Size(min = 2, max = 60) List<Step> steps, @ForAll Random random) {
    List<Sample> once = samples(steps);
    List<Sample> repeated = new ArrayList<>();
    for (Sample sample : once) {
      repeated.add(sample);
      if (random.nextBoolean()) {
        repeated.add(repeated.get(random.nextInt(repeated.size())));
      }
    }
    assertThat(finals(repeated)).isEqualTo(finals(once));
  }

  @Property(tries = 100)
  void figuresStayWithinTheirBounds(@ForAll("shuffled") @Size(min = 2, max = 60) List<Step> steps) {
    for (Window window : windows(samples(steps))) {
      Stream.of(
              window.getCpuPercent(),
              window.getMemoryPercent(),
              window.getIoPercent(),
              window.getNetworkPercent(),
              window.getStealPercent(),
              window.getCpuPressurePercent())
          .filter(figure -> figure != null)
          .forEach(ResourceStateProperties::isPercentage);
      if (window.getEfficiency() != null) {
        assertThat(window.getEfficiency()).isBetween(0.0, 1.0);
      }
    }
  }

  private static void isPercentage(Figure figure) {
    for (double value :
        new double[] {figure.getMean(), figure.getP50(), figure.getP95(), figure.getP99()}) {
      assertThat(value).isBetween(0.0, figure.getMax());
    }
    assertThat(figure.getMax()).isLessThanOrEqualTo(100);
    assertThat(figure.getP50()).isLessThanOrEqualTo(figure.getP95());
    assertThat(figure.getP95()).isLessThanOrEqualTo(figure.getP99());
  }
}
