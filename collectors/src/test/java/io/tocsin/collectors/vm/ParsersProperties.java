package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.CollectorException;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ParsersProperties {

  @Property(tries = 300)
  void aCpuMapReadsBackAsTheCpusInIt(
      @ForAll @IntRange(min = 1, max = 200) int cpus, @ForAll @Size(25) byte[] map) {
    TreeSet<Integer> in =
        IntStream.range(0, cpus)
            .filter(cpu -> (map[cpu / 8] >> (cpu % 8) & 1) == 1)
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));

    String text = CpuMap.text(map, 0, cpus);

    if (in.isEmpty() || in.size() == cpus) {
      assertThat(text).isNull();
    } else {
      assertThat(numbers(text)).isEqualTo(in);
    }
  }

  private static TreeSet<Integer> numbers(String text) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String range : text.split(",")) {
      String[] ends = range.split("-");
      IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
          .forEach(numbers::add);
    }
    return numbers;
  }

  @Property(tries = 300)
  void anyBytesAreParametersOrNone(@ForAll @Size(max = 500) byte[] bytes) {
    Map<String, Object> fields = TypedParameters.parse(bytes, address -> "text");

    assertThat(fields).hasSizeLessThanOrEqualTo(bytes.length / TypedParameters.SIZE);
    assertThat(fields.keySet()).allMatch(name -> name.length() <= 80);
  }

  @Property(tries = 300)
  void textIsADescriptionOrANamedProblem(@ForAll String text) {
    for (String xml : new String[] {text, "<domain><os><type>" + text + "</type></os></domain>"}) {
      try {
        assertThat(DomainXml.parse("domain x", xml).osType()).hasSizeLessThanOrEqualTo(100);
      } catch (CollectorException named) {
        assertThat(named.problem().where()).isEqualTo("domain x");
      }
    }
  }
}
