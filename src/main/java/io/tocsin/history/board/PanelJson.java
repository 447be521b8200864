package io.tocsin.history.board;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a panel looks. */
final class PanelJson {

  private static final int RANKED = 10;

  private PanelJson() {}

  static void look(ObjectNode node, Panel panel) {
    ObjectNode field = node.putObject("fieldConfig");
    ObjectNode defaults = field.putObject("defaults");
    defaults.put("unit", panel.grafanaUnit());
    field.putArray("overrides");
    ObjectNode options = node.putObject("options");
    switch (panel.show()) {
      case LINES, BARS -> overTime(node, defaults, options, panel.show());
      case NUMBER -> number(node, defaults, options, panel);
      case RANKING -> ranking(node, defaults, options, panel);
      case LIST -> {
        node.put("type", "table");
        options.put("showHeader", true);
      }
    }
  }

  private static void overTime(
      ObjectNode node, ObjectNode defaults, ObjectNode options, Panel.Show show) {
    node.put("type", "timeseries");
    defaults.put("min", 0);
    ObjectNode custom = defaults.putObject("custom");
    boolean isBars = show == Panel.Show.BARS;
    custom.put("drawStyle", isBars ? "bars" : "line");
    custom.put("fillOpacity", isBars ? 80 : 8).put("lineWidth", 1).put("showPoints", "auto");
    custom.putObject("stacking").put("mode", isBars ? "normal" : "none");
    ObjectNode legend = options.putObject("legend");
    legend.put("displayMode", "table").put("placement", "bottom").put("showLegend", true);
    ArrayNode numbers = legend.putArray("calcs");
    if (isBars) {
      numbers.add("sum");
    } else {
      numbers.add("lastNotNull").add("max");
    }
    options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
  }

  /**
   * Counts of what happened add up; of figures the newest counts, of means of events their mean.
   */
  private static void number(
      ObjectNode node, ObjectNode defaults, ObjectNode options, Panel panel) {
    node.put("type", "stat");
    defaults.put("noValue", panel.events() == null ? "no data" : "0");
    boolean isMean = panel.events() != null && panel.events().value() != null;
    ObjectNode reduce = options.putObject("reduceOptions").put("values", false);
    reduce.putArray("calcs").add(panel.events() == null ? "lastNotNull" : isMean ? "mean" : "sum");
    options.put("graphMode", "area").put("colorMode", "none").put("textMode", "auto");
  }

  /** InfluxQL cannot sort by a value, so that Grafana does it, and does it for both. */
  private static void ranking(
      ObjectNode node, ObjectNode defaults, ObjectNode options, Panel panel) {
    node.put("type", "table");
    defaults.put("min", 0);
    defaults.putObject("custom").putObject("cellOptions").put("type", "auto");
    options.put("showHeader", true);
    ArrayNode steps = node.putArray("transformations");
    ObjectNode time = steps.addObject().put("id", "organize").putObject("options");
    time.putObject("excludeByName").put("Time", true).put("time", true);
    ObjectNode sort = steps.addObject().put("id", "sortBy").putObject("options");
    sort.putArray("sort").addObject().put("field", panel.shown().get(0).label()).put("desc", true);
    steps.addObject().put("id", "limit").putObject("options").put("limitField", RANKED);
  }
}
