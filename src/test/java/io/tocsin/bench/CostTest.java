package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {

  @Test
  void theInnermostFrameThatIsKnownDecides() {
    assertThat(
            Cost.of(
                List.of(
                    "org.apache.avro.io.BinaryDecoder.readLong",
                    "io.tocsin.schemas.serde.RecordDecoder.decode",
                    "org.apache.kafka.streams.processor.internals.StreamTask.process")))
        .isEqualTo(Cost.SAMPLE_DECODING);
    assertThat(
            Cost.of(
                List.of(
                    "org.rocksdb.RocksDB.get",
                    "org.apache.kafka.streams.state.internals.RocksDBStore.get",
                    "io.tocsin.streams.topology.EfficiencyProcessor.process")))
        .isEqualTo(Cost.ROCKSDB);
  }

  @Test
  void whatNobodyKnowsIsAllElse() {
    assertThat(Cost.of(List.of("java.lang.Thread.run"))).isEqualTo(Cost.OTHER);
  }
}
