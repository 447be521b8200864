package io.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of the environment in the place of <code>${NAME}</code>, so that one file serves
 * many machines that differ in a name or an address.
 *
 * <p>Only where an installation says where things are. What is said to people, carried out or
 * judged (rules, checks, healing, notifications) is taken as it is written.
 */
final class EnvironmentValues {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

  private static final Set<String> SECTIONS =
      Set.of(
          "data-dir", "cluster", "agent", "streams", "collectors", "alerting", "history", "server");

  private final Function<String, String> environment;

  /**
   * Values of an environment.
   *
   * @param environment a variable's value; null for one that is not set
   */
  EnvironmentValues(Function<String, String> environment) {
    this.environment = environment;
  }

  /** Replaces in place; a variable that is not set, or empty, is a problem. */
  void putInto(ConfigTree tree, List<ConfigProblem> problems) {
    if (tree.root() instanceof ObjectNode root) {
      for (Map.Entry<String, JsonNode> section : root.properties()) {
        if (SECTIONS.contains(section.getKey())) {
          section.setValue(replaced(tree, "/" + section.getKey(), section.getValue(), problems));
        }
      }
    }
  }

  private JsonNode replaced(
      ConfigTree tree, String pointer, JsonNode node, List<ConfigProblem> problems) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String below = pointer + "/" + ConfigTree.step(entry.getKey());
        entry.setValue(replaced(tree, below, entry.getValue(), problems));
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, replaced(tree, pointer + "/" + i, list.get(i), problems));
      }
    } else if (node.isTextual() && VARIABLE.matcher(node.textValue()).find()) {
      return new TextNode(
          VARIABLE
              .matcher(node.textValue())
              .replaceAll(found -> valueOf(tree, pointer, found.group(1), problems)));
    }
    return node;
  }

  private String valueOf(
      ConfigTree tree, String pointer, String name, List<ConfigProblem> problems) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      problems.add(
          tree.problem(
              pointer,
              "the environment variable " + name + " is not set; set it, or write a value"));
      return Matcher.quoteReplacement("unset");
    }
    return Matcher.quoteReplacement(value);
  }
}
