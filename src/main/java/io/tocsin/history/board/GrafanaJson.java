package io.tocsin.history.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A board as Grafana 11 and newer read it from a file (<a
 * href="https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/">model</a>).
 */
final class GrafanaJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SCHEMA = 39; // of Grafana 11; newer ones migrate it when they load it
  private static final int COLUMNS = 24;

  /** Rows of the grid that a panel takes. */
  private static final Map<Panel.Show, Integer> HEIGHTS =
      Map.of(
          Panel.Show.LINES, 8,
          Panel.Show.BARS, 8,
          Panel.Show.NUMBER, 4,
          Panel.Show.RANKING, 9,
          Panel.Show.LIST, 10);

  private final Store store;
  private int id;
  private int x;
  private int y;
  private int height;

  GrafanaJson(Store store) {
    this.store = store;
  }

  /** The text of the file, with line feeds alone. */
  String write(Board board) {
    ObjectNode root = JSON.createObjectNode();
    root.put("uid", board.uid());
    root.put("title", board.title());
    root.put("description", board.about());
    root.putArray("tags").add("tocsin");
    root.put("schemaVersion", SCHEMA);
    root.put("editable", true);
    root.put("graphTooltip", 1);
    root.put("timezone", "browser");
    root.put("refresh", "30s");
    root.putObject("time").put("from", "now-" + board.last()).put("to", "now");
    link(root.putArray("links"));
    ArrayNode variables = root.putObject("templating").putArray("list");
    board.variables().forEach(who -> VariableJson.add(variables, board, who, store));
    ArrayNode panels = root.putArray("panels");
    for (Board.Row row : board.rows()) {
      heading(panels, row);
      row.panels().forEach(panel -> panel(panels, board, panel));
      newLine();
    }
    try {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      return JSON.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException never) {
      throw new IllegalStateException("a tree can always be written", never);
    }
  }

  /** A menu of the other boards, which keeps the time. */
  private static void link(ArrayNode links) {
    ObjectNode link = links.addObject();
    link.put("type", "dashboards").put("title", "Tocsin").put("asDropdown", true);
    link.put("keepTime", true).put("includeVars", false);
    link.putArray("tags").add("tocsin");
  }

  private void heading(ArrayNode panels, Board.Row row) {
    ObjectNode heading = panels.addObject();
    heading.put("id", ++id).put("type", "row").put("title", row.title()).put("collapsed", false);
    place(heading, COLUMNS, 1);
    heading.putArray("panels");
    newLine();
  }

  private void panel(ArrayNode panels, Board board, Panel panel) {
    ObjectNode node = panels.addObject();
    node.put("id", ++id);
    node.put("title", panel.title());
    node.put("description", panel.about());
    PanelJson.look(node, panel);
    place(node, panel.columns(), HEIGHTS.get(panel.show()));
    TargetJson.add(node, board, panel, store);
  }

  private void place(ObjectNode node, int width, int high) {
    if (x + width > COLUMNS) {
      newLine();
    }
    node.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", high);
    x += width;
    height = Math.max(height, high);
  }

  private void newLine() {
    y += height;
    x = 0;
    height = 0;
  }
}
