package io.tocsin.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** Counts its input in keyed state and shows the first and the newest count it had in this run. */
final class CountingJob {

  static final AtomicLong FIRST = new AtomicLong();
  static final AtomicLong NEWEST = new AtomicLong();

  private CountingJob() {}

  static Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    return settings;
  }

  static void build(StreamExecutionEnvironment env) {
    build(env, "count");
  }

  /**
   * @param uid of the stateful operator; another one than a checkpoint has cannot be restored
   */
  static void build(StreamExecutionEnvironment env, String uid) {
    FIRST.set(0);
    NEWEST.set(0);
    env.fromSource(
            new DataGeneratorSource<>(
                i -> i, Long.MAX_VALUE, RateLimiterStrategy.perSecond(2_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .keyBy(n -> 0L, Types.LONG)
        .process(new Count())
        .returns(Types.LONG)
        .uid(uid)
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, Long> {

    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<Long> out)
        throws java.io.IOException {
      long next = count.value() == null ? 1 : count.value() + 1;
      count.update(next);
      FIRST.compareAndSet(0, next);
      NEWEST.set(next);
    }
  }
}
