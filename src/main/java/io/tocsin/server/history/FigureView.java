package io.tocsin.server.history;

import io.tocsin.history.HistoryFigure;

/** A figure of the catalogue. */
record FigureView(String name, String table, String unit, String meaning) {

  static FigureView of(HistoryFigure figure) {
    return new FigureView(figure.name(), figure.table().label(), figure.unit(), figure.meaning());
  }
}
