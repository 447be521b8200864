package io.tocsin.cli;

import io.tocsin.security.Grants;
import io.tocsin.security.Right;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;

/** Rights as people and scripts read them. */
final class AclPrinting {

  private static final String ROW = "%-24s %-32s %s%n";

  private final PrintWriter out;

  AclPrinting(PrintWriter out) {
    this.out = out;
  }

  /** A line for each principal and what it does, with all that it does it to. */
  void table(Grants grants) {
    out.printf(ROW, "PRINCIPAL", "MAY", "");
    grants
        .rights()
        .forEach(
            (principal, rights) -> {
              if (rights.isEmpty()) {
                out.printf(ROW, Terminal.plain(principal), "nothing any more", "");
              }
              String first = Terminal.plain(principal);
              for (Map.Entry<String, Set<String>> line : byOperation(rights).entrySet()) {
                out.printf(ROW, first, line.getKey(), String.join(", ", line.getValue()));
                first = "";
              }
            });
  }

  /** Names of resources by kind and operation. */
  private static Map<String, Set<String>> byOperation(Set<Right> rights) {
    Map<String, Set<String>> lines = new LinkedHashMap<>();
    rights.forEach(
        right ->
            lines
                .computeIfAbsent(
                    right.operationName() + " " + right.kind(), key -> new LinkedHashSet<>())
                .add(right.shownName()));
    return lines;
  }

  static List<Map<String, Object>> tree(Grants grants) {
    List<Map<String, Object>> tree = new ArrayList<>();
    grants
        .rights()
        .forEach(
            (principal, rights) ->
                rights.forEach(
                    right -> {
                      Map<String, Object> fields = new LinkedHashMap<>();
                      fields.put("principal", principal);
                      fields.put("resourceType", right.resource().resourceType().name());
                      fields.put("name", right.resource().name());
                      fields.put("patternType", right.resource().patternType().name());
                      fields.put("operation", right.operation().name());
                      fields.put("permission", "ALLOW");
                      tree.add(fields);
                    }));
    return tree;
  }

  /** What was or is to be changed. */
  void difference(Grants.Difference difference, String missing, String surplus) {
    if (difference.isNone()) {
      out.println("the cluster allows what is needed");
      return;
    }
    difference.missing().forEach(binding -> out.println(missing + ": " + line(binding)));
    difference.surplus().forEach(binding -> out.println(surplus + ": " + line(binding)));
    out.printf(
        "%d %s, %d %s%n",
        difference.missing().size(), missing, difference.surplus().size(), surplus);
  }

  /** Of the broker's own, so that it may be of anybody's making. */
  private static String line(AclBinding binding) {
    Right right = new Right(binding.pattern(), binding.entry().operation());
    String denies =
        binding.entry().permissionType() == org.apache.kafka.common.acl.AclPermissionType.DENY
            ? "may not "
            : "";
    String from = binding.entry().host().equals("*") ? "" : " from " + binding.entry().host();
    return Terminal.plain(
        "%s %s%s %s %s%s"
            .formatted(
                binding.entry().principal(),
                denies,
                right.operationName(),
                right.kind(),
                right.shownName(),
                from));
  }
}
