package io.tocsin.cli;

import io.tocsin.history.HistoryRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Hands rows of history to the library, without any of Hadoop: the methods that take its
 * configuration have to be there and are not called.
 */
@SuppressWarnings("deprecation") // those methods are, and are abstract all the same
final class ParquetRows extends WriteSupport<HistoryRow> {

  /** What is held before it is written; a question of all figures has some hundred columns. */
  private static final long GROUP_BYTES = 8L << 20;

  private static final int FIRST_FIGURE = 3;

  private final MessageType schema;
  private RecordConsumer out;

  private ParquetRows(MessageType schema) {
    this.schema = schema;
  }

  /** Begins a file, with the columns time, resource, part and then the figures. */
  static ParquetWriter<HistoryRow> writer(Path file, MessageType schema) throws IOException {
    return new Builder(new LocalOutputFile(file), schema)
        .withConf(new PlainParquetConfiguration())
        .withCodecFactory(new Gzip())
        .withCompressionCodec(CompressionCodecName.GZIP)
        .withRowGroupSize(GROUP_BYTES)
        .build();
  }

  private static final class Builder extends ParquetWriter.Builder<HistoryRow, Builder> {

    private final MessageType schema;

    Builder(LocalOutputFile file, MessageType schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<HistoryRow> getWriteSupport(Configuration unused) {
      return new ParquetRows(schema);
    }

    @Override
    protected WriteSupport<HistoryRow> getWriteSupport(ParquetConfiguration unused) {
      return new ParquetRows(schema);
    }
  }

  @Override
  public WriteContext init(Configuration unused) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration unused) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(HistoryRow row) {
    out.startMessage();
    out.startField("at", 0);
    out.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, row.at()));
    out.endField("at", 0);
    text("resource", 1, row.resource());
    text("part", 2, row.part());
    for (int figure = 0; figure < row.values().length; figure++) {
      if (!Double.isNaN(row.values()[figure])) {
        int column = FIRST_FIGURE + figure;
        String name = schema.getFieldName(column);
        out.startField(name, column);
        out.addDouble(row.values()[figure]);
        out.endField(name, column);
      }
    }
    out.endMessage();
  }

  private void text(String name, int column, String value) {
    out.startField(name, column);
    out.addBinary(Binary.fromString(value));
    out.endField(name, column);
  }
}
