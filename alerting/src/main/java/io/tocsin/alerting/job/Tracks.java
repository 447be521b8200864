package io.tocsin.alerting.job;

import io.tocsin.alerting.incident.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The tracks of the keyed resource. Those with an open incident stay until it is resolved, however
 * long the resource is silent; the others are forgotten after a while, so that resources that are
 * gone leave nothing behind.
 */
final class Tracks {

  private static final Duration FORGET_AFTER = Duration.ofDays(1);

  private final MapState<String, Track> open;
  private final MapState<String, Track> idle;

  Tracks(RuntimeContext context) {
    open = context.getMapState(descriptor("open-tracks"));
    MapStateDescriptor<String, Track> forgetful = descriptor("idle-tracks");
    forgetful.enableTimeToLive(StateTtlConfig.newBuilder(FORGET_AFTER).build());
    idle = context.getMapState(forgetful);
  }

  private static MapStateDescriptor<String, Track> descriptor(String name) {
    return new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(Track.class));
  }

  Track get(Series series) throws Exception {
    Track track = open.get(series.key());
    if (track == null) {
      track = idle.get(series.key());
    }
    return track == null ? Track.NEW : track;
  }

  void put(Series series, Track track) throws Exception {
    if (track.isOpen()) {
      open.put(series.key(), track);
      idle.remove(series.key());
    } else {
      idle.put(series.key(), track);
      open.remove(series.key());
    }
  }

  List<Series> open() throws Exception {
    List<Series> series = new ArrayList<>();
    for (String key : open.keys()) {
      series.add(Series.of(key));
    }
    return series;
  }

  /** The series whose open incident has this id; null if none has. */
  Series ofIncident(String id) throws Exception {
    for (Map.Entry<String, Track> entry : open.entries()) {
      if (entry.getValue().incident().getId().equals(id)) {
        return Series.of(entry.getKey());
      }
    }
    return null;
  }

  boolean hasClosed(String incidentId) throws Exception {
    for (Track track : idle.values()) {
      if (incidentId.equals(track.closedId())) {
        return true;
      }
    }
    return false;
  }

  boolean anyHasDeadline(Instant deadline) throws Exception {
    for (Track track : open.values()) {
      if (deadline.equals(track.deadline())) {
        return true;
      }
    }
    return false;
  }
}
