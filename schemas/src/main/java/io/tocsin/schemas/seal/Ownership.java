package io.tocsin.schemas.seal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which agent may speak of which resource, told by the resource's id alone, as everything
 * downstream goes by the id.
 *
 * <p>A host is the agent's if it has its id as a name, and a container if its name begins with the
 * agent's and a dot. A VM moves between hosts and its id names none of them: nobody speaks of it
 * unless the policy says who. Endpoints, services and images are looked at from anywhere.
 */
final class Ownership {

  private static final String HOST = "host/";
  private static final String CONTAINER = "container/";
  private static final String VM = "vm/";
  private static final String EVERYBODY = "*";

  private final Map<String, Pattern> granted = new HashMap<>();

  Ownership(Map<String, List<String>> speaksFor) {
    speaksFor.forEach((agent, globs) -> granted.put(agent, pattern(globs)));
  }

  boolean maySpeak(String agent, String resourceId) {
    if (resourceId.startsWith(HOST)) {
      return is(resourceId, HOST, agent) || grants(agent, resourceId);
    }
    if (resourceId.startsWith(CONTAINER)) {
      return resourceId.startsWith(agent, CONTAINER.length())
              && resourceId.startsWith(".", CONTAINER.length() + agent.length())
          || grants(agent, resourceId);
    }
    return !resourceId.startsWith(VM) || grants(agent, resourceId);
  }

  private static boolean is(String resourceId, String kind, String name) {
    return resourceId.length() == kind.length() + name.length()
        && resourceId.startsWith(name, kind.length());
  }

  private boolean grants(String agent, String resourceId) {
    return Stream.of(agent, EVERYBODY)
        .map(granted::get)
        .anyMatch(pattern -> pattern != null && pattern.matcher(resourceId).matches());
  }

  private static Pattern pattern(List<String> globs) {
    return Pattern.compile(
        globs.stream()
            .map(glob -> "\\Q" + glob.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E")
            .collect(Collectors.joining("|")));
  }
}
