package io.tocsin.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class TopologyMapTest {

  private final TopologyMap map =
      TopologyMap.of(
          new Topology()
              .addSource("orders", new StringDeserializer(), new StringDeserializer(), "shop.in")
              .addProcessor("count", Nothing::new, "orders")
              .addStateStore(
                  Stores.keyValueStoreBuilder(
                      Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.String()),
                  "count")
              .addSink("by-hour", "shop.middle", "count")
              .addSource("middle", "shop.middle")
              .addSink("a-copy", "shop.out", "middle")
              .describe());

  @Test
  void aLinePerNodeInTheOrderOfTheData() {
    assertThat(map.text())
        .isEqualTo(
            """
            sub-topology 0
              source     orders   reads shop.in  -> count
              processor  count    keeps counts  -> by-hour
              sink       by-hour  writes shop.middle

            sub-topology 1
              source     middle  reads shop.middle  -> a-copy
              sink       a-copy  writes shop.out
            """);
  }

  @Test
  void graphvizJoinsSubTopologiesByTheTopicBetweenThem() {
    assertThat(map.dot().lines().map(String::strip))
        .contains(
            "\"node by-hour\" -> \"topic shop.middle\";",
            "\"topic shop.middle\" -> \"node middle\";",
            "\"node count\" -> \"store counts\" [dir=both, style=dashed];")
        .filteredOn(line -> line.startsWith("\"topic shop.middle\" [label"))
        .hasSize(1);
  }

  @Test
  void aNameCannotBreakOutOfItsQuotes() {
    String hostile = "a\"]; b [label=\"\\\nx";
    TopologyMap strange =
        new TopologyMap(
            List.of(
                new TopologyMap.Part(
                    0,
                    false,
                    List.of(
                        new TopologyMap.Node(
                            TopologyMap.Kind.SOURCE, hostile, Set.of(), Set.of(), Set.of())))));
    assertThat(strange.dot()).contains("[label=\"a\\\"]; b [label=\\\"\\\\\\nx\", shape=ellipse]");
  }

  private static final class Nothing extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> record) {
      context().forward(record);
    }
  }
}
