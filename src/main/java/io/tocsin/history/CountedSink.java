package io.tocsin.history;

/** Ends an answer that grows beyond its limit, and says what would be within it. */
final class CountedSink implements RowSink {

  /** The answer has more rows than were asked for. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany(String line) {
      super(line);
    }
  }

  private final HistoryQuery query;
  private final RowSink sink;
  private final long most;
  private long rows;

  /**
   * @param isRaw whether rows are windows that steps are made of: then there are as many more
   */
  CountedSink(HistoryQuery query, RowSink sink, boolean isRaw) {
    this.query = query;
    this.sink = sink;
    this.most =
        isRaw
            ? query.limit() * (query.step().toMillis() / query.tier().size().toMillis())
            : query.limit();
  }

  @Override
  public void row(HistoryRow row) {
    if (++rows > most) {
      throw new TooMany(
          "the answer has more than %,d rows; ask for a step longer than %s, a shorter range or fewer resources"
              .formatted(query.limit(), QueryWords.span(query.step())));
    }
    sink.row(row);
  }
}
