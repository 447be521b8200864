package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.collectors.agent.Agent;
import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.collectors.agent.OneShot;
import io.tocsin.collectors.spool.Outgoing;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One pass of every collector, printed record by record: what an agent would send. */
final class OneReading {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AgentConfig agent;
  private final PrintWriter out;

  OneReading(AgentConfig agent, PrintWriter out) {
    this.agent = agent;
    this.out = out;
  }

  /** Reads and prints; returns the exit code. */
  int print(boolean json) throws InterruptedException {
    OneShot.Result result = Agent.once(agent, Clock.systemUTC(), PATIENCE);
    if (json) {
      out.println(Json.text(asTree(result)));
    } else {
      result.records().forEach(this::table);
      result
          .problems()
          .forEach(problem -> out.println("PROBLEM  " + Terminal.plain(problem.toString())));
      result
          .classified()
          .forEach(
              (change, times) ->
                  out.printf("CLASSIFIED  %s (%d)%n", Terminal.plain(change), times));
      out.printf("%d records, %d problems%n", result.records().size(), result.problems().size());
    }
    out.flush();
    return result.problems().isEmpty() ? 0 : 1;
  }

  private static Map<String, Object> asTree(OneShot.Result result) {
    List<Object> records = new ArrayList<>();
    for (Outgoing outgoing : result.records()) {
      records.add(Map.of("topic", outgoing.topic().name(), "value", tree(outgoing)));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("records", records);
    tree.put(
        "problems",
        result.problems().stream()
            .map(
                problem ->
                    Map.of(
                        "reason", problem.reason().tag(),
                        "where", problem.where(),
                        "what", problem.what()))
            .toList());
    tree.put("classified", result.classified());
    return tree;
  }

  /** A line of heading, then a line for each figure that is there. */
  private void table(Outgoing outgoing) {
    out.println(outgoing.topic().name());
    lines("", tree(outgoing));
    out.println();
  }

  private void lines(String path, JsonNode node) {
    if (node.isNull() || node.isContainerNode() && node.isEmpty()) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(field -> lines(join(path, Terminal.plain(field.getKey())), field.getValue()));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        lines(path + '[' + i + ']', node.get(i));
      }
    } else {
      out.printf("  %-38s %s%n", path, Terminal.plain(node.asText()));
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  private static JsonNode tree(Outgoing outgoing) {
    SpecificRecord value = ((Outgoing.Value<?>) outgoing).value();
    try {
      return Json.tree(value.toString()); // Avro writes its records as JSON
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Avro wrote what is not JSON: " + value, impossible);
    }
  }
}
