package io.tocsin.history.board;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.history.Tier;
import java.util.List;

/** The questions of a panel. */
final class TargetJson {

  private TargetJson() {}

  static void add(ObjectNode node, Board board, Panel panel, Store store) {
    List<Dialect.Question> questions = questions(board, panel, store.dialect());
    source(node, store, questions.get(0).tier());
    // A step shorter than a window would show gaps.
    node.put("interval", panel.events() == null ? step(board.tier()) : "1m");
    ArrayNode targets = node.putArray("targets");
    for (Dialect.Question question : questions) {
      ObjectNode target = targets.addObject();
      target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
      source(target, store, question.tier());
      String form = question.isTable() ? "table" : "time_series";
      target.put("rawQuery", true);
      if (store == Store.QUESTDB) {
        target.put("editorMode", "code").put("format", form).put("rawSql", question.text());
      } else {
        target.put("resultFormat", form).put("query", question.text());
        target.put("alias", question.alias());
      }
    }
  }

  private static List<Dialect.Question> questions(Board board, Panel panel, Dialect dialect) {
    return switch (panel.show()) {
      case LIST -> List.of(dialect.list(panel));
      case RANKING -> List.of(dialect.ranking(panel, board.tier()));
      case LINES, BARS, NUMBER -> {
        if (panel.events() == null) {
          yield panel.shown().stream()
              .map(figure -> dialect.line(panel, figure, board.tier()))
              .toList();
        }
        yield panel.events().values().isEmpty()
            ? List.of(dialect.events(panel, null))
            : panel.events().values().stream().map(value -> dialect.events(panel, value)).toList();
      }
    };
  }

  static void source(ObjectNode node, Store store, Tier tier) {
    node.putObject("datasource").put("type", store.type()).put("uid", store.source(tier));
  }

  private static String step(Tier tier) {
    return switch (tier) {
      case TEN_SECONDS -> "10s";
      case MINUTE -> "1m";
      case HOUR -> "1h";
    };
  }
}
