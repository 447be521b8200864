package io.tocsin.alerting.notify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A branch of the tree that says who is told. A notification goes into the first branch below that
 * matches, and into those after it as long as the ones before say {@code continue}; where none
 * matches, the channels of the branch it has come to are told.
 *
 * @param match globs that all have to match, by field: {@code rule}, {@code resource}, {@code
 *     service}, {@code tier}, {@code layer}, {@code priority}, {@code kind} (of notification),
 *     {@code level}, {@code label.<name>}; several with commas between them are alternatives; empty
 *     for all
 * @param channels names of channels; those of the branch above if empty
 * @param groupWait how long a first message waits for others to go out with it; that of the branch
 *     above if null, at the root 0
 * @param onward whether the next branch is looked at too; written {@code continue}
 * @param routes branches below
 */
public record RouteConfig(
    Map<String, String> match,
    List<String> channels,
    Duration groupWait,
    @JsonProperty("continue") Boolean onward,
    List<RouteConfig> routes) {

  /** Nobody is told. */
  public static final RouteConfig NONE = new RouteConfig(null, null, null, null, null);

  /** Fills in the defaults. */
  public RouteConfig {
    match = match == null ? Map.of() : Map.copyOf(match);
    channels = channels == null ? List.of() : List.copyOf(channels);
    onward = onward == null ? Boolean.FALSE : onward;
    routes = routes == null ? List.of() : List.copyOf(routes);
  }
}
