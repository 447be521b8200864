package io.tocsin.streams.rollup;

import io.tocsin.schemas.ResourceKind;
import java.util.Locale;

/**
 * Resources whose windows are rolled up together. The id is that of the roll-up's windows, and says
 * all there is to say.
 */
public sealed interface Group {

  /** The resource id of the roll-up's windows. */
  String id();

  /** The kind its windows carry; UNSPECIFIED for what has several. */
  default ResourceKind kind() {
    return ResourceKind.UNSPECIFIED;
  }

  /**
   * Whether what goes through its members may be added up. What goes through a VM goes through its
   * host too, so that of all there is, or of all on a host, the sum would count it twice.
   */
  default boolean addsUp() {
    return false;
  }

  /** All resources that say they belong to a service. */
  record Service(String name) implements Group {
    private static final String PREFIX = "service/";

    @Override
    public String id() {
      return PREFIX + name;
    }

    @Override
    public ResourceKind kind() {
      return ResourceKind.SERVICE;
    }

    @Override
    public boolean addsUp() {
      return true;
    }
  }

  /**
   * All that runs on a host, whether in a VM or not. The host itself is not among it: its own
   * window has what they use already, and more.
   */
  record Host(String name) implements Group {
    private static final String PREFIX = "rollup/host/";

    @Override
    public String id() {
      return PREFIX + name;
    }

    @Override
    public ResourceKind kind() {
      return ResourceKind.HOST;
    }
  }

  /** All resources of a kind. */
  record Kind(ResourceKind kind) implements Group {
    private static final String PREFIX = "rollup/kind/";

    @Override
    public String id() {
      return PREFIX + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean addsUp() {
      return true;
    }
  }

  /** All resources there are. */
  record Fleet() implements Group {
    private static final String ID = "rollup/fleet";

    @Override
    public String id() {
      return ID;
    }
  }

  /**
   * The group with an id.
   *
   * @throws IllegalArgumentException if no group has such an id
   */
  static Group of(String id) {
    if (id.equals(Fleet.ID)) {
      return new Fleet();
    }
    if (id.startsWith(Service.PREFIX)) {
      return new Service(id.substring(Service.PREFIX.length()));
    }
    if (id.startsWith(Host.PREFIX)) {
      return new Host(id.substring(Host.PREFIX.length()));
    }
    if (id.startsWith(Kind.PREFIX)) {
      String kind = id.substring(Kind.PREFIX.length()).toUpperCase(Locale.ROOT);
      return new Kind(ResourceKind.valueOf(kind));
    }
    throw new IllegalArgumentException("'" + id + "' is not the id of a roll-up");
  }
}
