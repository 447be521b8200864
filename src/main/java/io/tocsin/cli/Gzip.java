package io.tocsin.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages with what Java has; the library's own way leads through Hadoop. */
final class Gzip implements CompressionCodecFactory, CompressionCodecFactory.BytesInputCompressor {

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return this;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("files are written here, not read");
  }

  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      page.writeAllTo(zip);
    }
    return BytesInput.from(bytes);
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.GZIP;
  }

  @Override
  public void release() {
    // Nothing is kept.
  }
}
