package io.tocsin.cli;

import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.RowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * History as a Parquet file (<a href="https://parquet.apache.org/docs/file-format/">format</a>):
 * the columns {@code at} (UTC, in µs), {@code resource}, {@code part} and one of doubles for each
 * figure, which has no value where nothing was measured. A group of rows is held at a time, however
 * many there are. The file has its name once it is whole.
 */
final class HistoryParquet implements RowSink, AutoCloseable {

  private final Path file;
  private final Path unfinished;
  private final ParquetWriter<HistoryRow> writer;
  private long rows;

  /**
   * Begins a file.
   *
   * @param file must not be there yet
   */
  HistoryParquet(HistoryQuery query, Path file) throws IOException {
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + ".part");
    this.writer = ParquetRows.writer(unfinished, schema(query));
  }

  private static MessageType schema(HistoryQuery query) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    schema
        .required(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
        .named("at");
    for (String text : List.of("resource", "part")) {
      schema.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(text);
    }
    query.figures().forEach(name -> schema.optional(PrimitiveTypeName.DOUBLE).named(name));
    return schema.named("history");
  }

  @Override
  public void row(HistoryRow row) {
    try {
      writer.write(row);
      rows++;
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /**
   * No more rows come: the file gets its name.
   *
   * @return how many it has
   */
  long end() throws IOException {
    writer.close();
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return rows;
  }

  /** Leaves nothing behind of a file that was not ended. */
  @Override
  public void close() throws IOException {
    if (Files.deleteIfExists(unfinished)) {
      writer.close();
    }
  }
}
