package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.NumaSample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever stands in a kernel file, a parser gives figures or the error that names the place. */
class ProcParsersProperties {

  @Property
  void garbageGivesFiguresOrTheNamedError(@ForAll("kernelLikeText") String text) {
    for (Parser parser : PARSERS) {
      parseAndCheck(parser, text);
    }
  }

  @Property(tries = 300)
  void aFileCutAnywhereNeverGivesAHalfNumber(@ForAll @IntRange(max = 2_000) int cut)
      throws IOException {

    for (String file : List.of("meminfo", "net/snmp", "loadavg", "pressure/memory", "stat")) {
      String whole = resource("old-kernel-without-psi/proc/" + file);
      if (cut >= whole.length()) {
        continue;
      }
      String part = whole.substring(0, cut);
      Parser parser = parserOf(file);
      Object ofWhole = parseAndCheck(parser, whole);
      Object ofPart = parseAndCheck(parser, part);
      // These end early without a trace: `full` and the number of blocked tasks stand last.
      boolean withoutItsEnd = ofPart instanceof CpuTimes times && times.blocked() == null;
      if (ofPart != null && !file.startsWith("pressure") && !withoutItsEnd) {
        assertThat(ofPart).as("%s cut at %d", file, cut).isEqualTo(ofWhole);
      }
    }
  }

  @Property
  void oneChangedByteNeverThrowsAnythingElse(
      @ForAll @IntRange(max = 5_000) int at, @ForAll byte value) throws IOException {
    for (String file :
        List.of(
            "meminfo", "net/snmp", "net/dev", "diskstats", "vmstat", "stat", "self/mountinfo")) {
      byte[] bytes =
          resource("old-kernel-without-psi/proc/" + file).getBytes(StandardCharsets.ISO_8859_1);
      bytes[at % bytes.length] = value;
      parseAndCheck(parserOf(file), new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  @Provide
  Arbitrary<String> kernelLikeText() {
    Arbitrary<String> word =
        Arbitraries.oneOf(
            Arbitraries.of(
                "cpu",
                "cpu0",
                "btime",
                "procs_running",
                "MemTotal:",
                "MemAvailable:",
                "kB",
                "SwapTotal:",
                "SwapFree:",
                "pswpin",
                "some",
                "full",
                "total=1",
                "total=",
                "Tcp:",
                "OutSegs",
                "RetransSegs",
                "eth0:",
                "lo:",
                ":",
                "sda",
                "../..",
                "Node",
                "0",
                "MemFree:",
                "numa_hit",
                "36 35 98:0 / /mnt",
                "rw",
                "ro",
                "-",
                "\\040",
                "\\400",
                "[madvise]",
                "[",
                "[]",
                "-1",
                "0.5",
                ".",
                "9223372036854775807",
                "18446744073709551616",
                "\u0000",
                "\n",
                " \n",
                "\r\n"),
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.longs().map(String::valueOf));
    return word.list().ofMaxSize(80).map(words -> String.join(" ", words));
  }

  @FunctionalInterface
  private interface Parser {
    Object parse(ProcText text, List<Problem> problems) throws CollectorException;
  }

  private static final List<Parser> PARSERS =
      List.of(
          CpuTimes::parse,
          (text, problems) -> LoadAverage.parse(text),
          (text, problems) -> Memory.parse(text, problems).build(),
          (text, problems) -> Memory.addEvents(Memory.parse(memory(), problems), text).build(),
          (text, problems) -> Pressure.parse(text),
          (text, problems) -> TcpSegments.parse(text),
          (text, problems) -> Disks.parse(text, name -> true, problems),
          (text, problems) -> Interfaces.parse(text, name -> null, problems),
          (text, problems) -> new MountChoice(List.of(), List.of()).of(mounts(text, problems)),
          (text, problems) -> Tuning.chosen(text),
          (text, problems) -> Tuning.swappiness(text),
          (text, problems) -> NumaNodes.cpus(text),
          (text, problems) -> {
            NumaNodes.addMemory(NumaSample.newBuilder(), text);
            return "memory";
          },
          (text, problems) -> {
            NumaNodes.addEvents(NumaSample.newBuilder(), text);
            return "events";
          });

  private static List<Mount> mounts(ProcText text, List<Problem> problems) {
    return MountTable.parse(text, problems);
  }

  private static Parser parserOf(String file) {
    return PARSERS.get(
        List.of(
                "stat",
                "loadavg",
                "meminfo",
                "vmstat",
                "pressure/memory",
                "net/snmp",
                "diskstats",
                "net/dev",
                "self/mountinfo")
            .indexOf(file));
  }

  private static ProcText memory() {
    return ProcText.of(
        "meminfo", "MemTotal: 4 kB\nMemAvailable: 3 kB\nSwapTotal: 2 kB\nSwapFree: 1 kB\n");
  }

  /** What the parser gives, or null where it gives a named error, which must name the file. */
  private static Object parseAndCheck(Parser parser, String text) {
    List<Problem> problems = new ArrayList<>();
    Object figures = null;
    try {
      figures = parser.parse(ProcText.of("/proc/any", text), problems);
      if (figures instanceof CpuTimes times) {
        CpuSample cpu = times.sample(null);
        assertThat(List.of(cpu.getUserUs(), cpu.getSystemUs(), cpu.getIdleUs()))
            .allMatch(us -> us >= 0);
      }
    } catch (CollectorException named) {
      problems.add(named.problem());
    }
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.where()).startsWith("/proc/any:");
              assertThat(problem.what()).isNotBlank();
            });
    return problems.isEmpty() ? figures : null;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ProcParsersProperties.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
