package io.tocsin.collectors.security;

import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The resources that events name: all of the current pass, and of earlier ones as many as make up a
 * limit. They have a name and, for containers, a parent, and no more: who measures them describes
 * them. Not thread-safe.
 */
final class Mentions {

  private static final int LIMIT = 1_000;

  private record Mention(Resource resource, long pass) {}

  private final Clock clock;
  private final Resource host;
  private final Map<String, Mention> mentions = new LinkedHashMap<>();
  private final Set<String> leaving = new HashSet<>();
  private List<Resource> list;
  private long pass;
  private boolean hasChanged;

  /**
   * None yet but the machine.
   *
   * @param host its name; null where events do not speak of it
   */
  Mentions(String host, Clock clock) {
    this.clock = clock;
    this.host =
        host == null
            ? null
            : resource(ResourceIds.of(ResourceKind.HOST, host), ResourceKind.HOST, host);
    this.list = host == null ? List.of() : List.of(this.host);
  }

  /** A new pass; what has gone for good in the last one is forgotten. */
  void beginPass() {
    pass++;
    hasChanged |= mentions.keySet().removeAll(leaving);
    leaving.clear();
  }

  /** What {@code event} names is listed. */
  void add(SecurityEvent.Builder event) {
    String id = event.getResourceId();
    if (host != null && id.equals(host.getId())) {
      return;
    }
    Mention earlier = mentions.remove(id);
    Resource resource =
        earlier == null ? resource(id, event.getKind(), nameIn(event)) : earlier.resource();
    mentions.put(id, new Mention(resource, pass));
    hasChanged |= earlier == null;
    leaving.remove(id);
  }

  /** It does not exist any more: it is listed for the rest of this pass only. */
  void leaves(String id) {
    leaving.add(id);
  }

  /** The pass has ended. */
  void endPass() {
    Iterator<Mention> oldestFirst = mentions.values().iterator();
    for (int over = mentions.size() - LIMIT; over > 0; over--) {
      if (oldestFirst.next().pass() == pass) {
        break;
      }
      oldestFirst.remove();
      hasChanged = true;
    }
    if (hasChanged) {
      hasChanged = false;
      List<Resource> changed = new ArrayList<>(mentions.size() + 1);
      if (host != null) {
        changed.add(host);
      }
      mentions.values().forEach(mention -> changed.add(mention.resource()));
      list = List.copyOf(changed);
    }
  }

  /** The same list for as long as nothing came or went. */
  List<Resource> list() {
    return list;
  }

  private static String nameIn(SecurityEvent.Builder event) {
    return event.getKind() == ResourceKind.CONTAINER ? event.getContainer() : event.getImage();
  }

  private Resource resource(String id, ResourceKind kind, String name) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName(name == null ? id : name)
        .setParent(kind == ResourceKind.CONTAINER ? host.getId() : null)
        .setUpdatedAt(clock.instant())
        .build();
  }
}
