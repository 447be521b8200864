package io.tocsin.server.access.oidc;

import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whom a provider has signed in.
 *
 * @param name {@code preferred_username}, else the subject
 * @param role the most that any of the groups allows; NOBODY if none of them is known here
 */
public record Person(String name, Role role) {

  static Person of(Map<String, Object> claims, OidcSettings settings) {
    Object name = claims.get("preferred_username");
    Object shown = name instanceof String text && !text.isBlank() ? name : claims.get("sub");
    Role role = Role.NOBODY;
    for (String group : groups(claims, settings.roleClaim())) {
      Role here = settings.roles().getOrDefault(group, Role.NOBODY);
      role = here.covers(role) ? here : role;
    }
    return new Person(AccessDesk.name(String.valueOf(shown)), role);
  }

  private static List<String> groups(Map<String, Object> claims, String path) {
    Object found = claims.get(path);
    if (found == null) {
      found = claims;
      for (String step : path.split("\\.")) {
        found = found instanceof Map<?, ?> object ? object.get(step) : null;
      }
    }
    List<String> groups = new ArrayList<>();
    if (found instanceof String one) {
      groups.add(one);
    } else if (found instanceof Collection<?> many) {
      many.forEach(each -> groups.add(String.valueOf(each)));
    }
    return groups;
  }
}
