package io.tocsin.history;

import com.influxdb.client.write.Point;
import java.util.List;

/** Takes points of history. */
interface PointStore extends AutoCloseable {

  /** What a store says to a batch of points. */
  sealed interface Answer {

    /** All of them are kept. */
    record Stored() implements Answer {}

    /** It does not take them as they are; asking again is of no use. */
    record Refused(String reason) implements Answer {}

    /** It is away or busy; asking again later is right. */
    record Unavailable(String reason) implements Answer {}
  }

  Answer write(List<Point> points);

  @Override
  void close();
}
