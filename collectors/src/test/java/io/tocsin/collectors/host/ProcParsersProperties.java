package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.CpuSample;
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
      if (ofPart != null && !file.startsWith("pressure")) {
        assertThat(ofPart).as("%s cut at %d", file, cut).isEqualTo(ofWhole);
      }
    }
  }

  @Property
  void oneChangedByteNeverThrowsAnythingElse(
      @ForAll @IntRange(max = 5_000) int at, @ForAll byte value) throws IOException {
    for (String file : List.of("meminfo", "net/snmp", "net/dev", "diskstats", "vmstat", "stat")) {
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
    Object parse(ProcText text) throws CollectorException;
  }

  private static final List<Parser> PARSERS =
      List.of(
          CpuTimes::parse,
          LoadAverage::parse,
          text -> Memory.parse(text).build(),
          text -> Memory.addEvents(Memory.parse(memory()), text).build(),
          Pressure::parse,
          TcpSegments::parse,
          text -> Disks.parse(text, name -> true, new ArrayList<>()),
          text -> Interfaces.parse(text, name -> null, new ArrayList<>()));

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
                "net/dev")
            .indexOf(file));
  }

  private static ProcText memory() {
    return ProcText.of(
        "meminfo", "MemTotal: 4 kB\nMemAvailable: 3 kB\nSwapTotal: 2 kB\nSwapFree: 1 kB\n");
  }

  /** What the parser gives, or null where it gives the named error, which must name the file. */
  private static Object parseAndCheck(Parser parser, String text) {
    try {
      Object figures = parser.parse(ProcText.of("/proc/any", text));
      if (figures instanceof CpuTimes times) {
        CpuSample cpu = times.sample(null);
        assertThat(List.of(cpu.getUserUs(), cpu.getSystemUs(), cpu.getIdleUs()))
            .allMatch(us -> us >= 0);
      }
      return figures;
    } catch (CollectorException named) {
      Problem problem = named.problem();
      assertThat(problem.where()).startsWith("/proc/any:");
      assertThat(problem.what()).isNotBlank();
      return null;
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ProcParsersProperties.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
