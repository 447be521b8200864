package io.tocsin.alerting.incidents;

import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept on the shelf can be kept in the state of a job, without Kryo. */
class StoredTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {Case.class, Member.class, Heal.class, SilenceEntry.class, SeenCommand.class})
  void recordsNeedNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }
}
