package io.tocsin.collectors.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes sense of what an earlier run left behind, however it ended. The last segment is read to its
 * end and a torn tail is cut off; the others were synced when they were closed and are judged when
 * they are read. A segment without a usable header is removed. Each file is looked at once.
 *
 * @param segments what is there, by the number of the first record
 * @param next number for the next record
 * @param lost records before the first segment that are not acknowledged and cannot be read
 */
record Recovery(TreeMap<Long, Segment> segments, long next, long lost) {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  static Recovery of(Path directory, long acknowledged) throws IOException {
    TreeMap<Long, Segment> segments = new TreeMap<>();
    long lost = 0;
    long next = acknowledged;
    List<Path> paths = paths(directory);
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      long first = Segment.firstOf(path);
      boolean last = i == paths.size() - 1;
      long end = last ? first : Segment.firstOf(paths.get(i + 1));
      try {
        SegmentHeader header = SegmentHeader.read(path);
        if (header.first() != first) {
          throw new IOException("its header says that it begins with " + header.first());
        }
        Segment segment =
            last
                ? cut(path, first, header.size())
                : new Segment(path, first, Files.size(path), end);
        end = segment.extent().end();
        if (end > first) {
          segments.put(first, segment);
        } else {
          Files.delete(path);
        }
      } catch (IOException unusable) {
        // The last one may have been begun by a process that was killed; the others were whole.
        LOG.atLevel(last ? Level.INFO : Level.WARN)
            .log("spool segment {} is removed: {}", path, unusable.getMessage());
        // Behind a good segment the gap is met, and counted, when it is read.
        lost += segments.isEmpty() ? Math.max(0, end - Math.max(first, acknowledged)) : 0;
        Files.deleteIfExists(path);
      }
      next = Math.max(next, end);
    }
    return new Recovery(segments, next, lost);
  }

  private static List<Path> paths(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> Segment.firstOf(path) >= 0).sorted().toList();
    }
  }

  /** Reads the last segment to the end of its last whole frame and cuts off what follows. */
  private static Segment cut(Path path, long first, int header) throws IOException {
    long size = Files.size(path);
    long good = header;
    long end = first;
    try (FrameReader frames = new FrameReader(path, header, first)) {
      while (frames.next(size) != null) {
        good = frames.offset();
        end = frames.expected();
      }
    }
    if (good < size) {
      LOG.info("{}: {} bytes that a crash left unfinished are cut off", path, size - good);
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(good);
        channel.force(true);
      }
    }
    return new Segment(path, first, good, end);
  }
}
