package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.Sample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes in, a parser gives figures or a named problem, and nothing else. */
class ParsersProperties {

  private static final BlockDevices DEVICES = new BlockDevices(Path.of("/nowhere"));
  private static final String LIST =
      "[{\"Id\":\"a\",\"Labels\":{\"x\":\"y\"}},{\"Id\":\"b\",\"n\":[1,2.5,true,null]}]";

  private static KernelText text(String content) {
    return new KernelText().with("file", content);
  }

  @Property
  void anyTextIsFiguresOrAProblem(@ForAll String content) {
    Troubles troubles = new Troubles();
    List<Parser> parsers =
        List.of(
            file -> new KeyedNumbers("anon", "file").read(file),
            file -> IoStat.parse(file, DEVICES, troubles),
            file -> IoStat.addVersion1(file, true, IoStat.ofVersion1(), troubles),
            file -> NetworkFigures.interfaces(file, troubles),
            file -> NetworkFigures.addSegments(Sample.newBuilder(), file),
            Tightest::cpus,
            file -> Tightest.numberOr("max", file),
            KernelText::onlyNumber);
    for (Parser parser : parsers) {
      try {
        parser.parse(text(content));
      } catch (CollectorException named) {
        assertThat(named.problem().where()).startsWith("file");
        assertThat(named.problem().what()).isNotBlank();
      }
    }
  }

  @FunctionalInterface
  private interface Parser {
    void parse(KernelText file) throws CollectorException;
  }

  @Property
  void diskFiguresAreReadAsTheyAre(
      @ForAll @LongRange(min = 0) long read, @ForAll @LongRange(min = 0) long written)
      throws CollectorException {
    Troubles troubles = new Troubles();
    List<DiskSample> disks =
        IoStat.parse(
            text(
                "8:0 rbytes=%d wbytes=%d rios=1 wios=2 dbytes=0 dios=0\nnonsense\n8:16 rbytes=x\n"
                    .formatted(read, written)),
            DEVICES,
            troubles);

    assertThat(disks).hasSize(1);
    assertThat(disks.get(0).getReadBytes()).isEqualTo(read);
    assertThat(disks.get(0).getWrittenBytes()).isEqualTo(written);
    assertThat(troubles.all()).hasSize(1);
  }

  @Property
  void linesThatMakeNoSenseLeaveOtherInterfacesAlone(@ForAll("junk") String junk)
      throws CollectorException {
    Troubles troubles = new Troubles();
    List<InterfaceSample> interfaces =
        NetworkFigures.interfaces(
            text("a\nb\n  lo: 1 1\n" + junk + "\neth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"),
            troubles);

    assertThat(interfaces).extracting(InterfaceSample::getName).contains("eth0");
    assertThat(interfaces).allMatch(link -> link.getName().matches("[!-~]{1,64}"));
  }

  @Provide
  Arbitrary<String> junk() {
    return Arbitraries.strings().ofMaxLength(40).map(text -> text.replace("\n", ""));
  }

  @Property
  void cpuTimeNeverGoesBackAndIsNeverLost(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 5_000_000_000L) Long> used,
      @ForAll @Size(min = 50, max = 50) List<@IntRange(min = 0, max = 500) Integer> users,
      @ForAll @Size(min = 50, max = 50) List<@IntRange(min = 0, max = 500) Integer> systems) {
    SplitCpuTime split = new SplitCpuTime();
    long total = 0;
    long user = 0;
    long system = 0;
    for (int i = 0; i < used.size(); i++) {
      long userBefore = split.userUs();
      long systemBefore = split.systemUs();
      total += used.get(i);
      user += users.get(i);
      system += systems.get(i);

      assertThat(split.add(total, user, system)).isTrue();

      assertThat(split.userUs()).isGreaterThanOrEqualTo(userBefore);
      assertThat(split.systemUs()).isGreaterThanOrEqualTo(systemBefore);
      assertThat(split.userUs() + split.systemUs()).isEqualTo(total / 1000);
    }
    assertThat(total > 1000 && split.add(total - 1000, user, system)).isFalse();
  }

  @Property
  void aListCutAnywhereIsNeverTakenForWhole(@ForAll @IntRange(min = 0, max = 60) int length) {
    List<JsonNode> items = new ArrayList<>();
    String cut = LIST.substring(0, Math.min(length, LIST.length() - 1));
    try {
      JsonItems.each(stream(cut), "here", items::add);
    } catch (CollectorException named) {
      assertThat(named.problem().where()).isEqualTo("here");
      return;
    }
    throw new AssertionError("taken for whole: " + cut);
  }

  @Property
  void anyAnswerIsAListOrAProblem(@ForAll byte[] answer, @ForAll boolean object) {
    String start = object ? "{\"kind\":\"PodList\",\"items\":[" : "[";
    byte[] begun = start.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(begun, begun.length + answer.length);
    System.arraycopy(answer, 0, all, begun.length, answer.length);
    KubeletPods pods = new KubeletPods(new LabelRules(List.of(), null), "here");
    for (byte[] body : List.of(answer, all)) {
      try {
        JsonItems.each(new ByteArrayInputStream(body), "here", pods::add);
        JsonItems.each(new ByteArrayInputStream(body), "here", DockerEntry::of);
      } catch (CollectorException named) {
        assertThat(named.problem().what()).isNotBlank();
      }
    }
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void wordsAreOneLineAndShort(@ForAll String text) {
    String clean = Words.clean(text, 20);

    assertThat(clean.codePointCount(0, clean.length())).isLessThanOrEqualTo(20);
    assertThat(clean.chars().noneMatch(Character::isISOControl)).isTrue();
    assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(clean);
  }
}
