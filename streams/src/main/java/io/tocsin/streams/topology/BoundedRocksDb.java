package io.tocsin.streams.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One native memory budget for the stores of all tasks of the process, as Kafka's memory management
 * guide recommends (https://kafka.apache.org/41/streams/developer-guide/memory-mgmt). Without it
 * each store of each task may take 50 MB of cache and 48 MB of write buffers for itself.
 *
 * <p>What is in RocksDB are latencies, roll-ups and policies: a kilobyte or two each, so the budget
 * holds some thousands at hand; more come from files in the page cache.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

  private static final long TOTAL_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final long BYTES_PER_WRITE_BUFFER = 2L << 20;
  private static final int WRITE_BUFFERS = 2;

  static {
    RocksDB.loadLibrary();
  }

  // Shared by all stores and alive as long as the process, so never closed.
  private static final Cache CACHE = new LRUCache(TOTAL_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS_OF_ALL =
      new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

  /** Made by Kafka Streams. */
  public BoundedRocksDb() {}

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    // Indexes and filters count against the budget, too.
    table.setCacheIndexAndFilterBlocks(true);
    options.setWriteBufferManager(WRITE_BUFFERS_OF_ALL);
    options.setWriteBufferSize(BYTES_PER_WRITE_BUFFER);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String storeName, Options options) {
    // What was made here belongs to all stores.
  }
}
