package io.tocsin.capacity.report;

import java.util.List;

/** A table; columns whose head begins with {@code #} hold numbers. */
final class Table {

  private final Page page;
  private final List<String> heads;

  /** Begins a table. */
  Table(Page page, String... heads) {
    this.page = page;
    this.heads = List.of(heads);
    page.open("div", "class", "scroll").open("table").open("thead").open("tr");
    for (String head : heads) {
      page.element("th", head.replace("#", ""), "class", head.startsWith("#") ? "n" : "t");
    }
    page.close().close().open("tbody");
  }

  /** A row of plain cells. */
  Table row(String... cells) {
    page.open("tr");
    for (int i = 0; i < cells.length; i++) {
      boolean isNumber = heads.get(i).startsWith("#");
      boolean isLong = heads.get(i).equals("Why") || heads.get(i).equals("What to do");
      page.element("td", cells[i], "class", isNumber ? "n" : isLong ? "why" : i == 0 ? "id" : "t");
    }
    page.close();
    return this;
  }

  void end() {
    page.close().close().close();
  }
}
