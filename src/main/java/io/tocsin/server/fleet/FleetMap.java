package io.tocsin.server.fleet;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All resources in one short answer, enough to draw a map of them.
 *
 * @param version what later changes of it count on from
 * @param kinds what kinds there are
 * @param states how a resource may stand, in the order of rising badness
 * @param services names of services
 * @param resources of each: id, name, number of its kind, number of the resource it runs on or -1,
 *     number of its state, number of its service or -1
 */
public record FleetMap(
    long version,
    List<String> kinds,
    List<String> states,
    List<String> services,
    List<List<Object>> resources) {

  private static final List<String> KINDS =
      Arrays.stream(ResourceKind.values()).map(Enum::name).toList();

  static FleetMap of(FleetSnapshot snapshot) {
    List<String> services = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<List<Object>> rows = new ArrayList<>(snapshot.resources().size());
    for (int i = 0; i < snapshot.resources().size(); i++) {
      Resource resource = snapshot.resources().get(i);
      rows.add(
          List.of(
              resource.getId(),
              resource.getName(),
              resource.getKind().ordinal(),
              resource.getParent() == null
                  ? -1
                  : snapshot.places().getOrDefault(resource.getParent(), -1),
              snapshot.standings()[i].ordinal(),
              number(serviceOf(resource), services, numbers)));
    }
    return new FleetMap(snapshot.version(), KINDS, Standing.NAMES, services, rows);
  }

  private static String serviceOf(Resource resource) {
    return resource.getService() == null && resource.getKind() == ResourceKind.SERVICE
        ? resource.getName()
        : resource.getService();
  }

  private static int number(String service, List<String> services, Map<String, Integer> numbers) {
    if (service == null) {
      return -1;
    }
    return numbers.computeIfAbsent(
        service,
        fresh -> {
          services.add(fresh);
          return services.size() - 1;
        });
  }
}
